-- KEYS: number, then runs that were written down. ARGV: two numbers, then for each a field that it must have.
-- Returns -1 as the number if one of the fields is forgotten.
for i = 2, #KEYS do
	if redis.call('HEXISTS', KEYS[i], ARGV[i + 1]) == 0 then
		return answer(-1)
	end
end
return answer(number)
