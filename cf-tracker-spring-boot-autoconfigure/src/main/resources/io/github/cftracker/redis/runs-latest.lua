-- KEYS: runs. ARGV: what the keys of runs begin with, how many finished ones to return at the most, the position of the
-- last one to look at (0 the newest, -1 the oldest). Returns for each run, the newest first, its id, how many strings
-- follow, and its fields and values without its batches.
local result = {}
for position, id in ipairs(redis.call('ZREVRANGE', KEYS[1], 0, ARGV[3])) do
	local all = {}
	local state = redis.call('HGET', ARGV[1] .. id, 'state')
	if position <= tonumber(ARGV[2]) or state == 'QUEUED' or state == 'SENDING' or state == 'IN_PROGRESS' then
		all = redis.call('HGETALL', ARGV[1] .. id)
	end
	local fields = {}
	for i = 1, #all, 2 do
		if all[i]:sub(1, 6) ~= 'batch:' then
			fields[#fields + 1] = all[i]
			fields[#fields + 1] = all[i + 1]
		end
	end
	if #fields > 0 then
		result[#result + 1] = id
		result[#result + 1] = tostring(#fields)
	end
	for _, value in ipairs(fields) do
		result[#result + 1] = value
	end
end
return result
