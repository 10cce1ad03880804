-- KEYS: paths, claims, the claim. ARGV: the claim's id. Returns how many paths were claimed.
if redis.call('EXISTS', KEYS[1]) == 0 then
	return 0
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('RENAME', KEYS[1], KEYS[3])
removed()
redis.call('ZADD', KEYS[2], now, ARGV[1])
return redis.call('ZCOUNT', KEYS[3], '(' .. now, '+inf')
