-- KEYS: lease, none, the claim. ARGV: the fence's, then how many at the most. Returns paths.
return redis.call('ZRANGEBYSCORE', KEYS[3], '(' .. now, '+inf', 'LIMIT', 0, ARGV[own])
