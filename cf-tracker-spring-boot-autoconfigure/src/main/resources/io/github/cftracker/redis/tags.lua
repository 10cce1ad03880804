-- Included by scripts by which paths come and go. Which tags a path has is kept in a hash, which paths a tag has in a
-- set of each tag's own, and how many pairs there are in a number. '*' stands for every tag. '!' says that no tag stands
-- for all responses of the path, and is no pair.
local base = KEYS[1]:match('^.*}:')
local tags_key, count_key, MAX_TAGS = base .. 'tags', base .. 'tag-count', 64
-- A wildcard over a folder may stand for paths of several routes; that of a page's query strings is of one
local ANY_ROUTE = 1023 / 1024
local function is_wildcard(path)
	return path:byte(-1) == 42
end
local function is_of_any_route(path)
	return is_wildcard(path) and not path:find('?', 1, true)
end
-- The score of a path that has two: the longer lifetime, and the route of the newer one where it has one
local function merged(older, newer)
	local route = newer % 1 > 0 and newer % 1 or older % 1
	return math.max(math.floor(older), math.floor(newer)) + route
end
-- Returns how many pairs there were
local function forget_pairs(path, tags)
	local number = 0
	for tag in tags:gmatch('%S+') do
		if tag ~= '!' then
			redis.call('SREM', base .. 'tag:' .. tag, path)
			number = number + 1
		end
	end
	return number
end
local function is_claimed(path)
	for _, id in ipairs(redis.call('ZRANGE', base .. 'claims', 0, -1)) do
		if redis.call('ZSCORE', base .. 'claim:' .. id, path) then
			return true
		end
	end
	return false
end
-- Forgets the tags of paths, unless they are tracked or claimed. In bulk, a third of the time of one by one.
local function forget_tags(paths)
	if #paths == 0 or redis.call('EXISTS', tags_key) == 0 then
		return
	end
	local holders, known = { base .. 'paths' }, {}
	for _, id in ipairs(redis.call('ZRANGE', base .. 'claims', 0, -1)) do
		holders[#holders + 1] = base .. 'claim:' .. id
	end
	for i, tags in ipairs(redis.call('HMGET', tags_key, unpack(paths))) do
		known[paths[i]] = tags or nil
	end
	for _, holder in ipairs(holders) do
		for i, score in ipairs(redis.call('ZMSCORE', holder, unpack(paths))) do
			known[paths[i]] = not score and known[paths[i]] or nil
		end
	end
	local gone, paths_of, number = {}, {}, 0
	for path, tags in pairs(known) do
		gone[#gone + 1] = path
		for tag in tags:gmatch('%S+') do
			if tag ~= '!' then
				paths_of[tag] = paths_of[tag] or {}
				table.insert(paths_of[tag], path)
				number = number + 1
			end
		end
	end
	for tag, tagged in pairs(paths_of) do
		redis.call('SREM', base .. 'tag:' .. tag, unpack(tagged))
	end
	if #gone > 0 then
		redis.call('DECRBY', count_key, number)
		redis.call('HDEL', tags_key, unpack(gone))
	end
end
-- Adds tags, separated by spaces, as far as there is room
local function add_tags(path, added, room)
	local known = redis.call('HGET', tags_key, path) or ''
	if known == '*' then
		return
	end
	local tags, number, grown = {}, 0, false
	for tag in known:gmatch('%S+') do
		tags[tag], number = true, number + (tag ~= '!' and 1 or 0)
	end
	local entries, new = tonumber(redis.call('GET', count_key) or 0), 0
	for tag in added:gmatch('%S+') do
		if not tags[tag] then
			tags[tag], number, grown = true, number + (tag ~= '!' and 1 or 0), true
			if tag == '*' or number > MAX_TAGS or (tag ~= '!' and entries + new >= tonumber(room)) then
				redis.call('INCRBY', count_key, new - forget_pairs(path, known) + 1)
				redis.call('SADD', base .. 'tag:*', path)
				redis.call('HSET', tags_key, path, '*')
				return
			end
			if tag ~= '!' then
				redis.call('SADD', base .. 'tag:' .. tag, path)
				new = new + 1
			end
			known = known == '' and tag or known .. ' ' .. tag
		end
	end
	if grown then
		redis.call('INCRBY', count_key, new)
		redis.call('HSET', tags_key, path, known)
	end
end
-- Whether two responses have different tags
local function differ(known, added)
	if known == added then
		return false
	end
	local tags, left = {}, 0
	for tag in known:gmatch('%S+') do
		tags[tag], left = true, left + (tag ~= '!' and 1 or 0)
	end
	for tag in added:gmatch('%S+') do
		if not tags[tag] and tag ~= '!' then
			return true
		end
		left = left - (tag ~= '!' and 1 or 0)
	end
	return left > 0
end
-- Adds the tags of a response. Other edges may have older ones of the same path, which a tag that is not common to all of
-- them does not invalidate.
local function add_response(path, added, room, is_tracked)
	local known = redis.call('HGET', tags_key, path)
	if known and differ(known, added) or not known and added ~= '' and (is_tracked or is_claimed(path)) then
		added = added .. ' !'
	end
	if added ~= '' then
		add_tags(path, added, room)
	end
end
-- Of paths and scores, one after the other, those after a time, with their tags
local function tracked_paths(members, after)
	local found = {}
	local tagged = redis.call('EXISTS', tags_key) == 1
	for i = 1, #members, 2 do
		if members[i + 1] == 'inf' or tonumber(members[i + 1]) > after then
			found[#found + 1] = members[i]
			found[#found + 1] = members[i + 1]
			found[#found + 1] = tagged and redis.call('HGET', tags_key, members[i]) or ''
		end
	end
	return found
end
