-- KEYS: runs. ARGV: what the keys of runs begin with, how many finished ones to return at the most, of failed ones as
-- many again, how many lines and bytes of a selection to return. Returns for each run, the newest first and in any case,
-- its id, how many strings follow, and its fields and values without its batches.
local MAX_LINES, MAX_BYTES = tonumber(ARGV[3]), tonumber(ARGV[4])

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
	if last >= #selection then
		return selection, nil
	end
	local _, breaks = selection:gsub('\n', '')
	return selection:sub(1, last), tostring(breaks + 1)
end

local function fields_of(key)
	local names, wanted, large = redis.pcall('HKEYS', key), {}, false
	if names.err then
		return { 'unreadable', names.err }
	end
	for _, name in ipairs(names) do
		large = large or name == 'beginning'
	end
	for _, name in ipairs(names) do
		-- A large selection is not read, another field has its beginning
		if name:sub(1, 6) ~= 'batch:' and not (large and name == 'selection') then
			wanted[#wanted + 1] = name
		end
	end
	local fields = {}
	for i, value in ipairs(#wanted > 0 and redis.call('HMGET', key, unpack(wanted)) or {}) do
		local name, total = wanted[i], nil
		if name == 'selection' then
			value, total = beginning(value)
		elseif name == 'beginning' then
			name = 'selection'
		end
		fields[#fields + 1] = name
		fields[#fields + 1] = value
		if total then
			fields[#fields + 1] = 'total'
			fields[#fields + 1] = total
		end
	end
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
	local fields = (wanted or i == 1) and fields_of(key) or {}
	if #fields > 0 then
		result[#result + 1] = id
		result[#result + 1] = tostring(#fields)
	end
	for _, value in ipairs(fields) do
		result[#result + 1] = value
	end
end
return result
