-- include numbered, tags
-- KEYS: number, paths, schema, accepted, late. ARGV: two numbers, schema version, how many pairs of tag and path to keep,
-- the greatest age of a response in ms, the ages of all, separated by spaces, how many routes follow, these, then for each
-- group of paths: their lifetime in ms (or '+inf'), which of the routes has rendered them (or 0), their tags, separated by
-- spaces, how many they are, and the paths.
-- A score is when the path expires in ms; its fraction says which route has rendered it.
-- A lifetime is renewed and never shortened.
-- A response that began before the last batch was accepted is late: it may have put old content back into the edge.
local schema = redis.call('GET', KEYS[3])
if not schema then
	redis.call('SET', KEYS[3], ARGV[3])
elseif schema ~= ARGV[3] then
	return redis.error_reply('ERR ' .. KEYS[3] .. ' is ' .. schema .. ', but this version of cf-tracker writes ' .. ARGV[3])
end
local accepted = redis.call('ZRANGE', KEYS[4], -1, -1, 'WITHSCORES')[2]
local FOREVER, ROUTES = 4398046511104, 1024
local fractions = { ['0'] = 0 }
for i = 1, tonumber(ARGV[7]) do
	local route = redis.call('HGET', base .. 'routes', ARGV[7 + i])
	if not route then
		-- The last number stands for all that have none of their own
		route = redis.call('HLEN', base .. 'routes') + 1
		if route < ROUTES - 1 then
			redis.call('HSET', base .. 'routes', ARGV[7 + i], route)
		else
			route = ROUTES - 1
		end
	end
	fractions[tostring(i)] = route / ROUTES
end
local tagged = redis.call('EXISTS', tags_key) == 1
local routed = redis.call('EXISTS', base .. 'routes') == 1

local function for_each_group(action)
	local i = 8 + ARGV[7]
	while i <= #ARGV do
		local to = i + 3 + ARGV[i + 3]
		local expiry = ARGV[i] == '+inf' and FOREVER or math.min(now + ARGV[i], FOREVER)
		action(expiry, fractions[ARGV[i + 1]], ARGV[i + 2], i + 4, to)
		i = to + 1
	end
end
local function score_of(path, expiry, fraction)
	return expiry + (is_of_any_route(path) and ANY_ROUTE or fraction)
end
-- Where nothing is known of a path's route or tags that has to be kept, and it expires later than it did, nothing has to
-- be read. A number is made text only once for a whole group
local function is_plain(fraction, tags)
	return tags == '' and not tagged and (fraction > 0 or not routed)
end
local members = {}
for_each_group(function(expiry, fraction, tags, from, to)
	if is_plain(fraction, tags) then
		local score = string.format('%.17g', expiry + fraction)
		for i = from, to do
			members[#members + 1] = is_of_any_route(ARGV[i]) and expiry + ANY_ROUTE or score
			members[#members + 1] = ARGV[i]
		end
	end
end)
local renewed = #members == 0 or 2 * redis.call('ZADD', KEYS[2], 'GT', 'CH', unpack(members)) == #members

local paths, scores, tags_of = {}, {}, {}
for_each_group(function(expiry, fraction, tags, from, to)
	if not renewed or not is_plain(fraction, tags) then
		for i = from, to do
			paths[#paths + 1] = ARGV[i]
			scores[#scores + 1] = score_of(ARGV[i], expiry, fraction)
			tags_of[#tags_of + 1] = tags
		end
	end
end)
if #paths > 0 then
	local tracked = redis.call('ZMSCORE', KEYS[2], unpack(paths))
	local known = tagged and redis.call('HMGET', tags_key, unpack(paths)) or {}
	local seen, merged_members = {}, {}
	for i, path in ipairs(paths) do
		local older = seen[path] or tracked[i]
		seen[path] = older and merged(older, scores[i]) or scores[i]
		-- Of a path that another node has extended further, nothing is left to write
		if seen[path] ~= tonumber(older) then
			merged_members[#merged_members + 1] = seen[path]
			merged_members[#merged_members + 1] = path
		end
		if tags_of[i] ~= '' or known[i] then
			add_response(path, tags_of[i], ARGV[4], older)
		end
	end
	if #merged_members > 0 then
		redis.call('ZADD', KEYS[2], unpack(merged_members))
	end
end

if accepted and now - ARGV[5] < tonumber(accepted) then
	local late, ages = {}, ARGV[6]:gmatch('%d+')
	for_each_group(function(_, _, _, from, to)
		for i = from, to do
			local began = now - ages()
			if began < tonumber(accepted) then
				late[#late + 1] = began
				late[#late + 1] = ARGV[i]
			end
		end
	end)
	if #late > 0 then
		redis.call('ZADD', KEYS[5], 'LT', unpack(late))
	end
end
return answer(number)
