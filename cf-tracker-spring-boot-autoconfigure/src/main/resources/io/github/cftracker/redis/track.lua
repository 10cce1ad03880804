-- KEYS: number, paths, schema, accepted, late. ARGV: two numbers, schema version, how many pairs of tag and path to keep,
-- how many routes follow, these, then for each path its lifetime in ms (or '+inf'), the age of the response in ms, the
-- path, which of the routes has rendered it (or 0), and its tags, separated by spaces.
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
for i = 1, tonumber(ARGV[5]) do
	local route = redis.call('HGET', base .. 'routes', ARGV[5 + i])
	if not route then
		-- The last number stands for all that have none of their own
		route = redis.call('HLEN', base .. 'routes') + 1
		if route < ROUTES - 1 then
			redis.call('HSET', base .. 'routes', ARGV[5 + i], route)
		else
			route = ROUTES - 1
		end
	end
	fractions[tostring(i)] = route / ROUTES
end
local tagged = redis.call('EXISTS', tags_key) == 1
local members = {}
local late = {}
for i = 6 + ARGV[5], #ARGV, 5 do
	local path = ARGV[i + 2]
	local expiry = ARGV[i] == '+inf' and FOREVER or math.min(now + ARGV[i], FOREVER)
	local score = expiry + (is_of_any_route(path) and ANY_ROUTE or fractions[ARGV[i + 3]])
	local tracked = redis.call('ZSCORE', KEYS[2], path)
	members[#members + 1] = tracked and merged(tracked, score) or score
	members[#members + 1] = path
	if accepted and now - ARGV[i + 1] < tonumber(accepted) then
		late[#late + 1] = now - ARGV[i + 1]
		late[#late + 1] = path
	end
	if ARGV[i + 4] ~= '' or tagged then
		add_response(path, ARGV[i + 4], ARGV[4], tracked)
	end
end
if #late > 0 then
	redis.call('ZADD', KEYS[5], 'LT', unpack(late))
end
redis.call('ZADD', KEYS[2], unpack(members))
return number
