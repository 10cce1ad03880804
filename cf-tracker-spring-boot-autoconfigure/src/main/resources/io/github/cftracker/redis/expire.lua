-- include numbered, removal
-- KEYS: number, paths. ARGV: two numbers, then pairs of lifetime in ms, more than zero (or '+inf'), and path.
local FOREVER = 4398046511104
local changed = false
for i = 3, #ARGV, 2 do
	local score = redis.call('ZSCORE', KEYS[2], ARGV[i + 1])
	if score and tonumber(score) > now then
		local expiry = ARGV[i] == '+inf' and FOREVER or math.min(now + ARGV[i], FOREVER)
		redis.call('ZADD', KEYS[2], expiry + score % 1, ARGV[i + 1])
		changed = true
	end
end
if changed then
	removed()
end
return answer(number)
