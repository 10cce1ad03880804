-- include time
-- KEYS: claims. ARGV: the claim's id. A claim of a run never expires.
if redis.call('ZSCORE', KEYS[1], ARGV[1]) == 'inf' then
	return 0
end
return redis.call('ZADD', KEYS[1], 'XX', 'CH', now, ARGV[1])
