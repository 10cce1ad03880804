-- KEYS: runs. ARGV: what the keys of runs begin with. Returns for each run, the newest first, its id, how many strings
-- follow, and its fields and values without its batches.
local result = {}
for _, id in ipairs(redis.call('ZREVRANGE', KEYS[1], 0, -1)) do
	local all = redis.call('HGETALL', ARGV[1] .. id)
	local fields = {}
	for i = 1, #all, 2 do
		if all[i]:sub(1, 6) ~= 'batch:' then
			fields[#fields + 1] = all[i]
			fields[#fields + 1] = all[i + 1]
		end
	end
	result[#result + 1] = id
	result[#result + 1] = tostring(#fields)
	for _, value in ipairs(fields) do
		result[#result + 1] = value
	end
end
return result
