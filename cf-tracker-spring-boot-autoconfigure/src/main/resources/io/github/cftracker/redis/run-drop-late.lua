-- include lease-fence
-- KEYS: lease, none, late. ARGV: the fence's, then paths.
return redis.call('ZREM', KEYS[3], unpack(ARGV, own))
