-- KEYS: the claim, claims. ARGV: the claim's id, how many at the most. Returns paths, each with its score and its
-- tags, and renews the claim.
if not redis.call('ZSCORE', KEYS[2], ARGV[1]) then
	return redis.error_reply('ERR claim ' .. ARGV[1] .. ' was not renewed in time, its paths are tracked again')
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[2], 'XX', now, ARGV[1])
local next = redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. now, '+inf', 'WITHSCORES', 'LIMIT', 0, ARGV[2])
return tracked_paths(next, now)
