-- include lease-fence, tags
-- KEYS: lease, none, the claim. ARGV: the fence's, then how many paths to forget that are not text in UTF-8, then paths.
-- What is not text has another name outside of Redis. Paths that can be sent are ASCII, and others that are text have to
-- be forgotten by their names before.
if ARGV[own + 1] then
	redis.call('ZREM', KEYS[3], unpack(ARGV, own + 1))
	forget_tags({ unpack(ARGV, own + 1) })
end
local left = tonumber(ARGV[own])
local members = left > 0 and redis.call('ZRANGEBYSCORE', KEYS[3], '(' .. now, '+inf', 'LIMIT', 0, 3000) or {}
for _, path in ipairs(members) do
	if left > 0 and path:find('[\128-\255]') then
		redis.call('ZREM', KEYS[3], path)
		forget_tags({ path })
		left = left - 1
	end
end
return 1
