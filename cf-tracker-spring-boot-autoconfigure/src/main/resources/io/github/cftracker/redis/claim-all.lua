-- include lease-fence, removal
-- KEYS: lease, the run, paths, claims, the claim, accepted, late. ARGV: the fence's, then the claim's id, for how long
-- late paths are followed up in ms, a name for the claim. Returns how many paths were claimed, then or before.
-- Without a lease there is no run, and the claim is to be renewed.
local claimed = fenced and redis.call('HGET', KEYS[2], 'claimed')
if not claimed then
	-- A script that is sent twice must not replace the claim
	if redis.call('EXISTS', KEYS[5]) == 0 and redis.call('EXISTS', KEYS[3]) == 1 then
		redis.call('RENAME', KEYS[3], KEYS[5])
	end
	redis.call('ZADD', KEYS[4], fenced and '+inf' or now, ARGV[own])
	removed()
	claimed = redis.call('ZCOUNT', KEYS[5], '(' .. now, '+inf')
	if fenced then
		-- Whatever is late until now is in the claim
		redis.call('UNLINK', KEYS[7])
		redis.call('ZADD', KEYS[6], now, ARGV[own])
		redis.call('PEXPIRE', KEYS[6], ARGV[own + 1])
		redis.call('HSET', KEYS[2], 'claimed', claimed, 'claim', ARGV[own + 2])
	end
end
return tonumber(claimed)
