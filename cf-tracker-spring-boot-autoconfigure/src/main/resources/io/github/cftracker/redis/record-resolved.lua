-- KEYS: the logged warnings. ARGV: a kind.
return redis.call('HDEL', KEYS[1], ARGV[1])
