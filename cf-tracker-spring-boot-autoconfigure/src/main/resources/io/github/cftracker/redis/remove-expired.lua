-- include time, tags
-- KEYS: paths, claims. ARGV: how many at the most, how long a claim may go without being renewed in ms.
-- Returns how many paths were removed, 1 if tags of paths were forgotten, then the ids of claims that were not renewed in
-- time.
local expired = math.min(redis.call('ZCOUNT', KEYS[1], '-inf', now), tonumber(ARGV[1]))
if expired > 0 then
	local paths = redis.call('EXISTS', tags_key) == 1 and redis.call('ZRANGE', KEYS[1], 0, expired - 1) or {}
	redis.call('ZREMRANGEBYRANK', KEYS[1], 0, expired - 1)
	forget_tags(paths)
end
-- A few at a time: a set that holds some too long does not matter
for _, wildcard in ipairs(redis.call('SRANDMEMBER', base .. 'wildcards', 30)) do
	if not redis.call('ZSCORE', KEYS[1], wildcard) and not is_claimed(wildcard) then
		redis.call('SREM', base .. 'wildcards', wildcard)
	end
end
local result = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now - ARGV[2])
table.insert(result, 1, tostring(redis.call('EXISTS', base .. 'tag:*')))
table.insert(result, 1, tostring(expired))
return result
