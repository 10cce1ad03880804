-- KEYS: the claim. ARGV: paths.
return redis.call('ZREM', KEYS[1], unpack(ARGV))
