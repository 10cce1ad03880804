-- Included by scripts that compare selections. A selection is lines, each a path, a pattern, a route or a tag; an empty
-- one is everything. What is compared is bounded, so that a request holds up Redis no longer than 1,000 paths do.
local MAX_LINES, MAX_BYTES, MAX_COMPARISONS = 1000, 100000, 10000
local function lines_of(selection)
	local lines = {}
	for line in selection:gmatch('[^\n]+') do
		lines[#lines + 1] = line
	end
	return lines
end
-- Whether lines select only tracked paths: not those that are named, nor what CloudFront knows by a tag
local function is_of_tracked(lines)
	for _, line in ipairs(lines) do
		if line:byte(1) == 47 or line:sub(1, 4) == 'tag:' then
			return false
		end
	end
	return true
end
-- Whether a selection has all lines, or has a wildcard that covers those that are paths. A wildcard does not cover the path
-- that ends before its asterisk, except for /*. Nil is for lines of a large selection
local function covers(selection, lines)
	if not lines then
		return false
	end
	if selection == '' or #lines == 0 then
		return selection == '' and is_of_tracked(lines)
	end
	-- Most selections have nothing in common
	if not selection:find('*', 1, true) and not ('\n' .. selection .. '\n'):find('\n' .. lines[1] .. '\n', 1, true) then
		return false
	end
	local known, prefixes, comparisons = {}, {}, 0
	for line in selection:gmatch('[^\n]+') do
		known[line] = true
		if line:byte(1) == 47 and line:byte(-1) == 42 then
			prefixes[#prefixes + 1] = line:sub(1, -2)
		end
	end
	local function is_below(line)
		for _, prefix in ipairs(prefixes) do
			comparisons = comparisons + 1
			if (#line > #prefix or line == '/') and line:sub(1, #prefix) == prefix then
				return true
			end
		end
		return false
	end
	for _, line in ipairs(lines) do
		if comparisons > MAX_COMPARISONS or not known[line] and not is_below(line) then
			return false
		end
	end
	return true
end
-- A selection and lines that it lacks, nil if that is too large to be compared or cannot be expressed
local function union(selection, lines)
	if selection == '' or #lines == 0 then
		-- What is named would be lost
		return is_of_tracked(lines) and is_of_tracked(lines_of(selection)) and '' or nil
	end
	local known, number, added = {}, 0, { selection }
	for line in selection:gmatch('[^\n]+') do
		known[line], number = true, number + 1
	end
	for _, line in ipairs(lines) do
		if not known[line] then
			added[#added + 1], number = line, number + 1
		end
	end
	local all = table.concat(added, '\n')
	return number <= MAX_LINES and #all <= MAX_BYTES and all or nil
end
