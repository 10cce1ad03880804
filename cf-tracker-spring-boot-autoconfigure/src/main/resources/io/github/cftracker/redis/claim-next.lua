-- include lease-fence, tags
-- KEYS: lease, none, claims, the claim. ARGV: the fence's, then the claim's id, how many at the most. Returns paths, each
-- with its score and its tags. Renews a claim without a lease.
if not fenced then
	if not redis.call('ZSCORE', KEYS[3], ARGV[own]) then
		return redis.error_reply('ERR claim ' .. ARGV[own] .. ' was not renewed in time, its paths are tracked again')
	end
	redis.call('ZADD', KEYS[3], 'XX', now, ARGV[own])
end
local next = redis.call('ZRANGEBYSCORE', KEYS[4], '(' .. now, '+inf', 'WITHSCORES', 'LIMIT', 0, ARGV[own + 1])
return tracked_paths(next, now)
