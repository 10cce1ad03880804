-- include numbered
-- KEYS: number, then runs that were written down. ARGV: two numbers, then for each a field that it must have, and the
-- least number it must hold, or ''.
-- Returns -1 as the number if one of the fields is forgotten.
for i = 2, #KEYS do
	local value, least = redis.call('HGET', KEYS[i], ARGV[2 * i - 1]), ARGV[2 * i]
	if not value or least ~= '' and (tonumber(value) or 0) < tonumber(least) then
		return answer(-1)
	end
end
return answer(number)
