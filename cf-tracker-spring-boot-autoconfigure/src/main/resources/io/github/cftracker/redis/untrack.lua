-- KEYS: paths, claims, the prefix of a claim's key. ARGV: paths.
-- Out of the claims as well, so that giving back does not revive them.
local removed = redis.call('ZREM', KEYS[1], unpack(ARGV))
for _, id in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do
	redis.call('ZREM', KEYS[3] .. id, unpack(ARGV))
end
return removed
