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
-- Of lifetimes of a quarter of an hour or more, half a minute does not matter
local LONG, AHEAD = 900000, 30000
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
-- The score of a path that is tracked. If a node extends it only a little, others will do so too, so it is extended for all
local function renewed(older, score, lifetime)
	local longer = math.floor(score) - math.floor(older)
	return merged(older, score + (longer > 0 and longer < AHEAD and lifetime >= LONG and AHEAD or 0))
end

local paths, group_of = {}, {}
local at = 8 + ARGV[7]
while at <= #ARGV do
	local lifetime = ARGV[at] == '+inf' and FOREVER or tonumber(ARGV[at])
	local score = math.min(now + lifetime, FOREVER) + fractions[ARGV[at + 1]]
	-- A number is made text only once for a whole group
	local group = { lifetime = lifetime, score = score, text = string.format('%.17g', score), tags = ARGV[at + 2] }
	local to = at + 3 + ARGV[at + 3]
	for i = at + 4, to do
		paths[#paths + 1] = ARGV[i]
		group_of[#paths] = group
	end
	at = to + 1
end
local tracked = #paths > 0 and redis.call('ZMSCORE', KEYS[2], unpack(paths)) or {}
local known = redis.call('EXISTS', tags_key) == 1 and redis.call('HMGET', tags_key, unpack(paths)) or {}
local seen, members = {}, {}
for i, path in ipairs(paths) do
	local group = group_of[i]
	local older = seen[path] or tracked[i] and tonumber(tracked[i])
	local score, text = group.score, group.text
	if is_of_any_route(path) then
		score = math.floor(score) + ANY_ROUTE
		text = score
	end
	if older then
		score = renewed(older, score, group.lifetime)
		text = score
	end
	if score ~= older then
		seen[path] = score
		members[#members + 1] = text
		members[#members + 1] = path
	end
	if group.tags ~= '' or known[i] then
		add_response(path, group.tags, ARGV[4], older)
	end
end
if #members > 0 then
	redis.call('ZADD', KEYS[2], unpack(members))
end

if accepted and now - ARGV[5] < tonumber(accepted) then
	local late, ages = {}, ARGV[6]:gmatch('%d+')
	for _, path in ipairs(paths) do
		local began = now - ages()
		if began < tonumber(accepted) then
			late[#late + 1] = began
			late[#late + 1] = path
		end
	end
	if #late > 0 then
		redis.call('ZADD', KEYS[5], 'LT', unpack(late))
	end
end
return answer(number)
