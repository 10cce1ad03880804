-- Stands before scripts by which paths come and go. Which tags a path has is kept in a hash, which paths a tag has in a
-- set of each tag's own, and how many pairs there are in a number. '*' stands for every tag.
local base = KEYS[1]:match('^.*}:')
local tags_key, count_key, MAX_TAGS = base .. 'tags', base .. 'tag-count', 64
-- A wildcard over a folder may stand for paths of several routes; that of a page's query strings is of one
local ANY_ROUTE = 1023 / 1024
local function is_of_any_route(path)
	return path:sub(-1) == '*' and not path:find('?', 1, true)
end
local function forget_tags(path)
	-- What is tracked or claimed still needs them
	if redis.call('HEXISTS', tags_key, path) == 0 or redis.call('ZSCORE', base .. 'paths', path) then
		return
	end
	for _, id in ipairs(redis.call('ZRANGE', base .. 'claims', 0, -1)) do
		if redis.call('ZSCORE', base .. 'claim:' .. id, path) then
			return
		end
	end
	for tag in redis.call('HGET', tags_key, path):gmatch('%S+') do
		redis.call('SREM', base .. 'tag:' .. tag, path)
		redis.call('DECR', count_key)
	end
	redis.call('HDEL', tags_key, path)
end
-- Adds tags, separated by spaces, as far as there is room
local function add_tags(path, added, room)
	local known = redis.call('HGET', tags_key, path) or ''
	if known == '*' then
		return
	end
	local tags, number, grown = {}, 0, false
	for tag in known:gmatch('%S+') do
		tags[tag], number = true, number + 1
	end
	local entries = tonumber(redis.call('GET', count_key) or 0)
	for tag in added:gmatch('%S+') do
		if not tags[tag] then
			tags[tag], number, grown = true, number + 1, true
			if tag == '*' or number > MAX_TAGS or entries >= tonumber(room) then
				for one in known:gmatch('%S+') do
					redis.call('SREM', base .. 'tag:' .. one, path)
					redis.call('DECR', count_key)
				end
				redis.call('SADD', base .. 'tag:*', path)
				redis.call('INCR', count_key)
				redis.call('HSET', tags_key, path, '*')
				return
			end
			redis.call('SADD', base .. 'tag:' .. tag, path)
			entries = redis.call('INCR', count_key)
			known = known == '' and tag or known .. ' ' .. tag
		end
	end
	if grown then
		redis.call('HSET', tags_key, path, known)
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
