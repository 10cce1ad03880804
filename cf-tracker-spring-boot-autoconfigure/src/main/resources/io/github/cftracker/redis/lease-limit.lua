-- include lease-fence
-- KEYS: lease, none, the batch limit. ARGV: the fence's, then the limit, for how long it is kept in ms.
redis.call('SET', KEYS[3], ARGV[own], 'PX', ARGV[own + 1])
return 1
