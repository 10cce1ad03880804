-- KEYS: paths, claims, the claim, what was untracked of it since. ARGV: the claim's id, how many at the most.
-- Gives back a part of what is left, and ends the claim with the last part. Returns whether it has ended.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local left = redis.call('ZRANGE', KEYS[3], 0, ARGV[2] - 1, 'WITHSCORES')
for i = 1, #left, 2 do
	redis.call('ZREM', KEYS[3], left[i])
	local alive = left[i + 1] == 'inf' or tonumber(left[i + 1]) > now
	if alive and redis.call('SISMEMBER', KEYS[4], left[i]) == 0 then
		track_again(left[i], left[i + 1])
	else
		forget_tags(left[i])
	end
end
if redis.call('EXISTS', KEYS[3]) == 1 then
	redis.call('ZADD', KEYS[2], 'XX', now, ARGV[1])
	return 0
end
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('UNLINK', KEYS[4])
return 1
