-- KEYS: lease, the run, waiting, unfinished. ARGV: the fence's, then the run's id.
redis.call('LREM', KEYS[3], 0, ARGV[own])
redis.call('ZADD', KEYS[4], now, ARGV[own])
redis.call('HSET', KEYS[1], 'last', redis.call('HGET', KEYS[2], 'trigger') or '')
return 1
