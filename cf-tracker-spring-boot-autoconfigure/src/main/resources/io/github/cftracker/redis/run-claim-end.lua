-- KEYS: lease, the run, paths, claims, the claim (or the frozen batch), what was untracked of it since.
-- ARGV: the fence's, then the claim's id, how many at the most.
-- Gives back a part of what is left, and ends the claim with the last part. Returns whether it has ended.
local left = redis.call('ZRANGE', KEYS[5], 0, ARGV[own + 1] - 1, 'WITHSCORES')
for i = 1, #left, 2 do
	redis.call('ZREM', KEYS[5], left[i])
	local alive = left[i + 1] == 'inf' or tonumber(left[i + 1]) > now
	if alive and redis.call('SISMEMBER', KEYS[6], left[i]) == 0 then
		track_again(left[i], left[i + 1])
	else
		forget_tags(left[i])
	end
end
if redis.call('EXISTS', KEYS[5]) == 1 then
	return 0
end
redis.call('ZREM', KEYS[4], ARGV[own])
redis.call('UNLINK', KEYS[6])
return 1
