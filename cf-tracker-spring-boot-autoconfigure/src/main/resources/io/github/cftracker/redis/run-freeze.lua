-- KEYS: lease, the run, claims, the claim, what was untracked of it since, the batch, what was untracked of it since.
-- ARGV: the fence's, then the caller reference, then items. A frozen batch is a claim under its caller reference.
-- An item that is no tracked path has expired long ago, and so never comes back. Returns the items in their order.
for i = own + 1, #ARGV do
	local score = redis.call('ZSCORE', KEYS[4], ARGV[i])
	if score then
		redis.call('ZREM', KEYS[4], ARGV[i])
		redis.call('SMOVE', KEYS[5], KEYS[7], ARGV[i])
	end
	redis.call('ZADD', KEYS[6], score or -1, ARGV[i])
end
redis.call('ZADD', KEYS[3], '+inf', ARGV[own])
return redis.call('ZRANGE', KEYS[6], 0, -1)
