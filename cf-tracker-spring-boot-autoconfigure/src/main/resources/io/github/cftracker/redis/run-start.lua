-- KEYS: lease, the run, waiting, unfinished. ARGV: the fence's, then the run's id.
redis.call('LREM', KEYS[3], 0, ARGV[own])
redis.call('ZADD', KEYS[4], now, ARGV[own])
return 1
