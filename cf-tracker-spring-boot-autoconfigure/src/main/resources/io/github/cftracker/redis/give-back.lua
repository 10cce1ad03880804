-- KEYS: paths, the claim, what was untracked of it since. ARGV: paths.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local returned = 0
for _, path in ipairs(ARGV) do
	local score = redis.call('ZSCORE', KEYS[2], path)
	if score then
		redis.call('ZREM', KEYS[2], path)
		local alive = score == 'inf' or tonumber(score) > now
		if alive and redis.call('SISMEMBER', KEYS[3], path) == 0 then
			track_again(path, score)
			returned = returned + 1
		else
			forget_tags(path)
		end
	end
end
return returned
