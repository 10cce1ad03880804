-- include lease-fence
-- KEYS: lease, none. ARGV: the fence's, then for how long in ms.
redis.call('HSET', KEYS[1], 'until', now + ARGV[own])
return 1
