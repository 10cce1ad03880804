-- KEYS: lease, the run, claims, the batch, what was untracked of it since, then the same of its first and second half.
-- ARGV: the fence's, then the three caller references, how many items the first half has.
local first = redis.call('ZRANGE', KEYS[4], 0, ARGV[own + 3] - 1, 'WITHSCORES')
for i = 1, #first, 2 do
	redis.call('ZREM', KEYS[4], first[i])
	redis.call('ZADD', KEYS[6], first[i + 1], first[i])
	redis.call('SMOVE', KEYS[5], KEYS[7], first[i])
end
redis.call('RENAME', KEYS[4], KEYS[8])
if redis.call('EXISTS', KEYS[5]) == 1 then
	redis.call('RENAME', KEYS[5], KEYS[9])
end
redis.call('ZREM', KEYS[3], ARGV[own])
redis.call('ZADD', KEYS[3], '+inf', ARGV[own + 1], '+inf', ARGV[own + 2])
return 1
