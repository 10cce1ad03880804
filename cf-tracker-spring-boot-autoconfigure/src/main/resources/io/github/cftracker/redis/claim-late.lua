-- include lease-fence, removal
-- KEYS: lease, the run, paths, claims, the claim, late, unfinished, runs. ARGV: the fence's, then the run's id, a name
-- for the claim, then late paths.
-- Claims those that are still tracked: the others were claimed by another run, untracked, or have expired. A run that was
-- not listed is listed again.
removed()
redis.call('ZADD', KEYS[7], now, ARGV[own])
if ARGV[own + 2] then
	redis.call('HSET', KEYS[2], 'lateClaim', ARGV[own + 1])
	redis.call('PERSIST', KEYS[2])
	local position = redis.call('HGET', KEYS[2], 'position')
	if position then
		redis.call('ZADD', KEYS[8], position, ARGV[own])
		redis.call('HDEL', KEYS[2], 'position')
	end
end
for i = own + 2, #ARGV do
	local score = redis.call('ZSCORE', KEYS[3], ARGV[i])
	redis.call('ZREM', KEYS[6], ARGV[i])
	if score and (score == 'inf' or tonumber(score) > now) then
		redis.call('ZREM', KEYS[3], ARGV[i])
		redis.call('ZADD', KEYS[5], score, ARGV[i])
		redis.call('ZADD', KEYS[4], '+inf', ARGV[own])
	end
end
return redis.call('ZCARD', KEYS[5])
