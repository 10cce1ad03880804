-- include lease-fence
-- KEYS: lease, none. ARGV: the fence's.
redis.call('HDEL', KEYS[1], 'holder', 'token', 'until', 'length', 'step')
return 1
