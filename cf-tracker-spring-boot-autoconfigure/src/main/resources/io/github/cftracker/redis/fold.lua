-- KEYS: paths, late. ARGV: a wildcard, then tracked paths that it covers. Returns how many it has replaced.
-- The wildcard lives as long as the longest of them, and is late if one of them is.
local folded = 0
local longest
local oldest
for i = 2, #ARGV do
	local score = redis.call('ZSCORE', KEYS[1], ARGV[i])
	if score then
		redis.call('ZREM', KEYS[1], ARGV[i])
		longest = math.max(longest or 0, score == 'inf' and math.huge or tonumber(score))
		folded = folded + 1
	end
	local late = redis.call('ZSCORE', KEYS[2], ARGV[i])
	if late then
		redis.call('ZREM', KEYS[2], ARGV[i])
		oldest = math.min(oldest or math.huge, tonumber(late))
	end
end
if longest then
	redis.call('ZADD', KEYS[1], 'GT', longest == math.huge and '+inf' or string.format('%.0f', longest), ARGV[1])
end
if oldest then
	redis.call('ZADD', KEYS[2], 'LT', string.format('%.0f', oldest), ARGV[1])
end
return folded
