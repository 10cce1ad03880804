-- include lease-fence, tags
-- KEYS: lease, none, accepted, late. ARGV: the fence's, then for how long late paths are followed up in ms, how many at
-- the most. Returns how many recent runs there are, their ids, the newest first, and when their last batch was
-- accepted, then late paths, each with when its response began, its score and its tags.
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now - ARGV[own])
local recent = redis.call('ZREVRANGE', KEYS[3], 0, -1, 'WITHSCORES')
local late = redis.call('ZRANGE', KEYS[4], 0, ARGV[own + 1] - 1, 'WITHSCORES')
local result = { tostring(#recent / 2) }
for _, value in ipairs(recent) do
	result[#result + 1] = value
end
for i = 1, #late, 2 do
	result[#result + 1] = late[i]
	result[#result + 1] = late[i + 1]
	result[#result + 1] = redis.call('ZSCORE', base .. 'paths', late[i]) or '0'
	result[#result + 1] = redis.call('HGET', tags_key, late[i]) or ''
end
return result
