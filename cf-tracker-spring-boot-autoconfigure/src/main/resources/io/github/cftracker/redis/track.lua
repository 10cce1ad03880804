-- include numbered, tags
-- KEYS: number, paths, schema, accepted, late. ARGV: two numbers, schema version, how many pairs of tag and path to keep,
-- a time in ms to which the ages relate, the greatest age of a response in ms, the ages of all, separated by spaces, how
-- many routes follow, these, then for each group of paths: their lifetime in ms (or '+inf'), which of the routes has
-- rendered them (or 0), their tags, separated by spaces, how many they are, and the paths.
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
for i = 1, tonumber(ARGV[8]) do
	local route = redis.call('HGET', base .. 'routes', ARGV[8 + i])
	if not route then
		-- The last number stands for all that have none of their own
		route = redis.call('HLEN', base .. 'routes') + 1
		if route < ROUTES - 1 then
			redis.call('HSET', base .. 'routes', ARGV[8 + i], route)
		else
			route = ROUTES - 1
		end
	end
	fractions[tostring(i)] = route / ROUTES
end

local paths, groups, number_of_paths, at = {}, {}, 0, 9 + ARGV[8]
while at <= #ARGV do
	local lifetime = ARGV[at] == '+inf' and FOREVER or tonumber(ARGV[at])
	local score = math.min(now + lifetime, FOREVER) + fractions[ARGV[at + 1]]
	local to = at + 3 + ARGV[at + 3]
	for i = at + 4, to do
		number_of_paths = number_of_paths + 1
		paths[number_of_paths] = ARGV[i]
	end
	-- If a node extends a path only a little, other nodes will do so too, so it is extended for all of them
	local ahead = lifetime >= LONG and score + AHEAD < FOREVER and score + AHEAD or score
	-- Numbers are made text only once for a whole group
	groups[#groups + 1] = { last = number_of_paths, tags = ARGV[at + 2], score = score, text = ('%.17g'):format(score),
		ahead = ahead, ahead_text = ('%.17g'):format(ahead) }
	at = to + 1
end
local tracked = #paths > 0 and redis.call('ZMSCORE', KEYS[2], unpack(paths)) or {}
local tagged = #paths > 0 and redis.call('EXISTS', tags_key) == 1
local known = tagged and redis.call('HMGET', tags_key, unpack(paths)) or {}
local seen, members, wildcards, i = {}, {}, {}, 0
for _, group in ipairs(groups) do
	while i < group.last do
		i = i + 1
		local path, score, text = paths[i], group.score, group.text
		local older = seen[path] or tracked[i] and tonumber(tracked[i])
		if is_wildcard(path) then
			wildcards[#wildcards + 1] = path
		end
		if is_of_any_route(path) then
			score = math.floor(score) + ANY_ROUTE
			score = older and merged(older, score) or score
			text = score
		elseif older then
			local longer, has_route, is_same_route = score - older, score % 1 > 0, score % 1 == older % 1
			if longer <= 0 and (is_same_route or not has_route) then
				score = older
			elseif longer <= 0 or not (is_same_route or has_route) then
				score = merged(older, score)
				text = score
			elseif longer < AHEAD then
				score, text = group.ahead, group.ahead_text
			end
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
end
if #members > 0 then
	redis.call('ZADD', KEYS[2], unpack(members))
end
if #wildcards > 0 then
	redis.call('SADD', base .. 'wildcards', unpack(wildcards))
end

-- The command may have been on its way for long, or the clock may have been set back
local aged_at = math.min(now, tonumber(ARGV[5]))
if accepted and aged_at - ARGV[6] < tonumber(accepted) then
	local late, ages = {}, ARGV[7]:gmatch('%d+')
	for _, path in ipairs(paths) do
		local began = aged_at - ages()
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
