-- include run-fields
-- KEYS: runs. ARGV: what the keys of runs begin with, how many finished ones to return at the most, of failed ones as
-- many again, how many lines and bytes of a selection to return, names of fields. Returns for each run, the newest first
-- and in any case, its id, how many strings follow, and the fields, its selection and its rejected paths with values.
local MAX_LINES, MAX_BYTES, MAX_REJECTED = tonumber(ARGV[3]), tonumber(ARGV[4]), 1000
local names = { unpack(ARGV, 5) }

-- The beginning of a selection, and how many lines it has, if that is not all
local function beginning(selection)
	local lines, last, from = 0, 0, 1
	while lines < MAX_LINES and last < #selection do
		local at = selection:find('\n', from, true) or #selection + 1
		if lines > 0 and at - 1 > MAX_BYTES then
			break
		end
		lines, last, from = lines + 1, at - 1, at + 1
	end
	local total, at = lines, selection:find('\n', last + 1, true)
	while at do
		total, at = total + 1, selection:find('\n', at + 1, true)
	end
	return selection:sub(1, last), total > lines and tostring(total) or nil
end

local function fields_of(key)
	local fields = {}
	add_fields(fields, key, names)
	if #fields == 0 or fields[1] == 'unreadable' then
		return fields
	end
	local other = redis.call('HMGET', key, 'beginning', 'rejected')
	local selection, total = other[1], nil
	if not selection then
		-- A large selection is not read
		selection, total = beginning(redis.call('HGET', key, 'selection') or '')
	end
	fields[#fields + 1] = 'selection'
	fields[#fields + 1] = selection
	if total then
		fields[#fields + 1] = 'total'
		fields[#fields + 1] = total
	end
	local rejected = {}
	for i = 1, math.min(tonumber(other[2] or 0) or 0, MAX_REJECTED) do
		rejected[i] = 'rejected:' .. i - 1
	end
	add_fields(fields, key, rejected)
	return fields
end

local result, finished, failed, most = {}, 0, 0, tonumber(ARGV[2])
for i, id in ipairs(redis.call('ZREVRANGE', KEYS[1], 0, -1)) do
	local key = ARGV[1] .. id
	local state = redis.pcall('HGET', key, 'state')
	local wanted = state == 'QUEUED' or state == 'SENDING' or state == 'IN_PROGRESS'
	if not wanted then
		if state == 'FAILED' then
			failed = failed + 1
			wanted = failed <= most
		else
			finished = finished + 1
			wanted = finished <= most
		end
	end
	if wanted or i == 1 then
		add_run(result, id, fields_of(key))
	end
end
return result
