-- KEYS: number, paths, schema, accepted, late. ARGV: two numbers, schema version, how many pairs of tag and path to keep,
-- the greatest age of a response in ms, the ages of all, separated by spaces, how many routes follow, these, then for each
-- group of paths: their lifetime in ms (or '+inf'), which of the routes has rendered them (or 0), their tags, separated by
-- spaces, how many they are, and the paths.
-- Returns the number of this node's last write that is not forgotten.
-- A score is when the path expires in ms; its fraction says which route has rendered it.
-- A lifetime is renewed and never shortened.
-- A response that began before the last batch was accepted is late: it may have put old content back into the edge.
local schema = redis.call('GET', KEYS[3])
if not schema then
	redis.call('SET', KEYS[3], ARGV[3])
elseif schema ~= ARGV[3] then
	return redis.error_reply('ERR ' .. KEYS[3] .. ' is ' .. schema .. ', but this version of cf-tracker writes ' .. ARGV[3])
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
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

-- A number is made text only once for a whole group
local function scores(expiry, fraction)
	return string.format('%.17g', expiry + fraction), string.format('%.17g', expiry + ANY_ROUTE)
end
-- Where all paths of a group expire later than they did, nothing has to be read
local function renew(from, to, expiry, fraction)
	local score, of_any_route = scores(expiry, fraction)
	local members = {}
	for i = from, to do
		members[#members + 1] = is_of_any_route(ARGV[i]) and of_any_route or score
		members[#members + 1] = ARGV[i]
	end
	return redis.call('ZADD', KEYS[2], 'GT', 'CH', unpack(members)) == to - from + 1
end
local function merge(from, to, expiry, fraction, tags)
	local members, seen = {}, {}
	local tracked = redis.call('ZMSCORE', KEYS[2], unpack(ARGV, from, to))
	local known = tagged and redis.call('HMGET', tags_key, unpack(ARGV, from, to)) or {}
	for i = from, to do
		local path = ARGV[i]
		local older = seen[path] or tracked[i - from + 1]
		local score = expiry + (is_of_any_route(path) and ANY_ROUTE or fraction)
		seen[path] = older and merged(older, score) or score
		members[#members + 1] = seen[path]
		members[#members + 1] = path
		if tags ~= '' or known[i - from + 1] then
			add_response(path, tags, ARGV[4], older)
		end
	end
	redis.call('ZADD', KEYS[2], unpack(members))
end

local may_be_late = accepted and now - ARGV[5] < tonumber(accepted)
local i, paths = 8 + ARGV[7], {}
while i <= #ARGV do
	local fraction, tags, from = fractions[ARGV[i + 1]], ARGV[i + 2], i + 4
	local to = from + ARGV[i + 3] - 1
	local expiry = ARGV[i] == '+inf' and FOREVER or math.min(now + ARGV[i], FOREVER)
	-- What is known of a path's route or tags has to be kept
	local plain = tags == '' and not tagged and (fraction > 0 or not routed)
	if not plain or not renew(from, to, expiry, fraction) then
		merge(from, to, expiry, fraction, tags)
	end
	for j = from, may_be_late and to or 0 do
		paths[#paths + 1] = ARGV[j]
	end
	i = to + 1
end
if may_be_late then
	local late, read = {}, 0
	for age in ARGV[6]:gmatch('%d+') do
		read = read + 1
		if now - age < tonumber(accepted) then
			late[#late + 1] = now - age
			late[#late + 1] = paths[read]
		end
	end
	if #late > 0 then
		redis.call('ZADD', KEYS[5], 'LT', unpack(late))
	end
end
return number
