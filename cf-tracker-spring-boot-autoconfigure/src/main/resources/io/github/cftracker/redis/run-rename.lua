-- KEYS: lease, the run, claims, the batch, what was untracked of it since, then the same of its new name.
-- ARGV: the fence's, then both caller references, how many items it has.
redis.call('RENAME', KEYS[4], KEYS[6])
if redis.call('EXISTS', KEYS[5]) == 1 then
	redis.call('RENAME', KEYS[5], KEYS[7])
end
redis.call('HINCRBY', KEYS[2], 'possiblyBilledTwice', ARGV[own + 2])
redis.call('ZREM', KEYS[3], ARGV[own])
redis.call('ZADD', KEYS[3], '+inf', ARGV[own + 1])
return 1
