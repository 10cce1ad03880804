-- KEYS: number, then runs that were written down. ARGV: two numbers, then for each a field that it must have.
-- Returns the number of this node's last write that is not forgotten, or -1 if one of the fields is.
for i = 2, #KEYS do
	if redis.call('HEXISTS', KEYS[i], ARGV[i + 1]) == 0 then
		return -1
	end
end
return number
