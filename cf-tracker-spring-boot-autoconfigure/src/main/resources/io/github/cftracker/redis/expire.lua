-- KEYS: number, paths. ARGV: two numbers, then pairs of lifetime in ms, more than zero (or '+inf'), and path.
-- Returns the number of this node's last write that is not forgotten.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
for i = 3, #ARGV, 2 do
	local score = redis.call('ZSCORE', KEYS[2], ARGV[i + 1])
	if score and (score == 'inf' or tonumber(score) > now) then
		redis.call('ZADD', KEYS[2], ARGV[i] == '+inf' and '+inf' or now + ARGV[i], ARGV[i + 1])
	end
end
return number
