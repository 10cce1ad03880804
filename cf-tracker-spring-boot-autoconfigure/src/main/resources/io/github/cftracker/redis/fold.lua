-- include removal, tags
-- KEYS: paths, late. ARGV: a wildcard, how many pairs of tag and path to keep, then tracked paths that the wildcard
-- covers. Returns how many it has replaced.
-- The wildcard lives as long as the longest of them, has the tags of all, and is late if one of them is. None of its tags
-- stands for all of them.
local folded = 0
local longest
local oldest
for i = 3, #ARGV do
	local score = redis.call('ZSCORE', KEYS[1], ARGV[i])
	if score then
		redis.call('ZREM', KEYS[1], ARGV[i])
		longest = math.max(longest or 0, tonumber(score))
		folded = folded + 1
		local tags = redis.call('HGET', tags_key, ARGV[i])
		if tags or redis.call('HEXISTS', tags_key, ARGV[1]) == 1 then
			add_tags(ARGV[1], (tags or '') .. ' !', ARGV[2])
			forget_tags({ ARGV[i] })
		end
	end
	local late = redis.call('ZSCORE', KEYS[2], ARGV[i])
	if late then
		redis.call('ZREM', KEYS[2], ARGV[i])
		oldest = math.min(oldest or math.huge, tonumber(late))
	end
end
if longest then
	removed()
	if is_of_any_route(ARGV[1]) then
		longest = math.floor(longest) + ANY_ROUTE
	end
	redis.call('ZADD', KEYS[1], 'GT', longest, ARGV[1])
	redis.call('SADD', base .. 'wildcards', ARGV[1])
end
if oldest then
	redis.call('ZADD', KEYS[2], 'LT', string.format('%.0f', oldest), ARGV[1])
end
return folded
