-- KEYS: claims. ARGV: the claim's id. A claim of a run never expires.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if redis.call('ZSCORE', KEYS[1], ARGV[1]) == 'inf' then
	return 0
end
return redis.call('ZADD', KEYS[1], 'XX', 'CH', now, ARGV[1])
