-- KEYS: paths. ARGV: pairs of lifetime in ms (or '+inf') and path.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
for i = 1, #ARGV, 2 do
	local path = ARGV[i + 1]
	local score = redis.call('ZSCORE', KEYS[1], path)
	if score and (score == 'inf' or tonumber(score) > now) then
		if ARGV[i] == '+inf' then
			redis.call('ZADD', KEYS[1], '+inf', path)
		elseif tonumber(ARGV[i]) > 0 then
			redis.call('ZADD', KEYS[1], now + ARGV[i], path)
		else
			redis.call('ZREM', KEYS[1], path)
		end
	end
end
return #ARGV / 2
