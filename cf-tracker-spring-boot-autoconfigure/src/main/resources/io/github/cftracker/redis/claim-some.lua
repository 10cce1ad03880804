-- include lease-fence, removal, tags
-- KEYS: lease, the run, paths, claims, the claim, accepted. ARGV: the fence's, then the claim's id, for how long late
-- paths are followed up in ms, a name for the claim, then paths. Returns how many paths the claim has.
-- Without a lease there is no run, and the claim is to be renewed.
if fenced and not redis.call('HGET', KEYS[2], 'claimed') then
	redis.call('HSET', KEYS[2], 'claimed', 0, 'claim', ARGV[own + 2])
	redis.call('ZADD', KEYS[6], now, ARGV[own])
	redis.call('PEXPIRE', KEYS[6], ARGV[own + 1])
end
removed()
redis.call('ZADD', KEYS[4], fenced and '+inf' or now, ARGV[own])
for i = own + 3, #ARGV do
	local score = redis.call('ZSCORE', KEYS[3], ARGV[i])
	if score then
		redis.call('ZREM', KEYS[3], ARGV[i])
		if score == 'inf' or tonumber(score) > now then
			redis.call('ZADD', KEYS[5], score, ARGV[i])
		else
			forget_tags(ARGV[i])
		end
	end
end
return redis.call('ZCARD', KEYS[5])
