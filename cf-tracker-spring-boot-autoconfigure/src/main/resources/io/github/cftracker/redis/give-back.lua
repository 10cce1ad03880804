-- KEYS: paths, the claim. ARGV: paths. What is not in the claim any more was untracked since and stays out.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local returned = 0
for _, path in ipairs(ARGV) do
	local score = redis.call('ZSCORE', KEYS[2], path)
	if score then
		redis.call('ZREM', KEYS[2], path)
		if score == 'inf' or tonumber(score) > now then
			redis.call('ZADD', KEYS[1], 'GT', score, path)
			returned = returned + 1
		end
	end
end
return returned
