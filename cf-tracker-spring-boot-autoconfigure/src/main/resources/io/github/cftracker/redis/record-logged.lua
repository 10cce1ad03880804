-- KEYS: a kind of warning. ARGV: how long to remember it in ms.
return redis.call('SET', KEYS[1], '1', 'NX', 'PX', ARGV[1]) and 1 or 0
