-- KEYS: lease, the run, paths, claims, the claim, accepted, late. ARGV: the fence's, then the run's id, for how long
-- late paths are followed up in ms, a name for the claim. Returns how many paths were claimed, then or before.
local claimed = redis.call('HGET', KEYS[2], 'claimed')
if not claimed then
	if redis.call('EXISTS', KEYS[3]) == 1 then
		redis.call('RENAME', KEYS[3], KEYS[5])
		redis.call('ZADD', KEYS[4], '+inf', ARGV[own])
	end
	-- Whatever is late until now is in the claim
	redis.call('UNLINK', KEYS[7])
	removed()
	redis.call('ZADD', KEYS[6], now, ARGV[own])
	redis.call('PEXPIRE', KEYS[6], ARGV[own + 1])
	claimed = redis.call('ZCOUNT', KEYS[5], '(' .. now, '+inf')
	redis.call('HSET', KEYS[2], 'claimed', claimed, 'claim', ARGV[own + 2])
end
return tonumber(claimed)
