-- KEYS: paths, claims, the claim. ARGV: the claim's id, then paths. Returns how many were claimed.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local claimed = 0
redis.call('ZADD', KEYS[2], now, ARGV[1])
for i = 2, #ARGV do
	local score = redis.call('ZSCORE', KEYS[1], ARGV[i])
	if score then
		redis.call('ZREM', KEYS[1], ARGV[i])
		if score == 'inf' or tonumber(score) > now then
			redis.call('ZADD', KEYS[3], score, ARGV[i])
			claimed = claimed + 1
		else
			forget_tags(ARGV[i])
		end
	end
end
if claimed > 0 then
	removed()
end
return claimed
