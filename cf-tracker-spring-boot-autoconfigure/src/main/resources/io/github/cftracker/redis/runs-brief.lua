-- include run-fields
-- KEYS: runs. ARGV: what the keys of runs begin with, how many names of fields follow, these, ids of runs to leave out.
-- Returns how many runs are unfinished, and for the newest run and the oldest unfinished one its id, how many strings
-- follow, and these fields and values.
local after = 3 + ARGV[2]
local names, left_out = { unpack(ARGV, 3, after - 1) }, {}
for i = after, #ARGV do
	left_out[ARGV[i]] = true
end
local newest, oldest, unfinished = nil, nil, 0
for _, id in ipairs(redis.call('ZREVRANGE', KEYS[1], 0, -1)) do
	local state = not left_out[id] and redis.pcall('HGET', ARGV[1] .. id, 'state')
	if state then
		newest = newest or id
		if state == 'QUEUED' or state == 'SENDING' or state == 'IN_PROGRESS' then
			oldest, unfinished = id, unfinished + 1
		end
	end
end
local result = { tostring(unfinished) }
for _, id in ipairs({ newest, oldest }) do
	local fields = {}
	add_fields(fields, ARGV[1] .. id, names)
	add_run(result, id, fields)
end
return result
