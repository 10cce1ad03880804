-- KEYS: lease, none, accepted, late. ARGV: the fence's, then for how long late paths are followed up in ms, how many at
-- the most. Returns how many recent runs there are, their ids, the newest first, and when their last batch was
-- accepted, then late paths and when their responses began.
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now - ARGV[own])
local recent = redis.call('ZREVRANGE', KEYS[3], 0, -1, 'WITHSCORES')
local late = redis.call('ZRANGE', KEYS[4], 0, ARGV[own + 1] - 1, 'WITHSCORES')
local result = { tostring(#recent / 2) }
for _, value in ipairs(recent) do
	result[#result + 1] = value
end
for _, value in ipairs(late) do
	result[#result + 1] = value
end
return result
