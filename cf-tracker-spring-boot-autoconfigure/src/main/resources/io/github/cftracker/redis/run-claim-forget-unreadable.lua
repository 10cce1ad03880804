-- KEYS: lease, none, the claim. ARGV: the fence's, then how many paths to forget at the most.
-- Forgets the first paths that are not text in UTF-8, which have another name outside of Redis. Paths that can be sent are
-- ASCII, and others that are text were forgotten by their names before.
local left = tonumber(ARGV[own])
for _, path in ipairs(redis.call('ZRANGEBYSCORE', KEYS[3], '(' .. now, '+inf', 'LIMIT', 0, 3000)) do
	if left > 0 and path:find('[\128-\255]') then
		redis.call('ZREM', KEYS[3], path)
		forget_tags(path)
		left = left - 1
	end
end
return left
