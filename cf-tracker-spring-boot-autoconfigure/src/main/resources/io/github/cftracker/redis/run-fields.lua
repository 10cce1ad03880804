-- Included by scripts that return runs. They read fields by name, because a run has a field for each of its batches.
local function add_fields(fields, key, names)
	local values = #names > 0 and redis.pcall('HMGET', key, unpack(names)) or {}
	if values.err then
		names, values = { 'unreadable' }, { values.err }
	end
	for i, name in ipairs(names) do
		if values[i] then
			fields[#fields + 1] = name
			fields[#fields + 1] = values[i]
		end
	end
end
-- Adds the id of a run, how many strings follow, and its fields and values, unless it does not exist
local function add_run(result, id, fields)
	if #fields > 0 then
		result[#result + 1] = id
		result[#result + 1] = tostring(#fields)
	end
	for _, value in ipairs(fields) do
		result[#result + 1] = value
	end
end
