-- KEYS: paths. ARGV: how many at the most. Returns how many were removed.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local expired = math.min(redis.call('ZCOUNT', KEYS[1], '-inf', now), tonumber(ARGV[1]))
if expired > 0 then
	local paths = redis.call('EXISTS', tags_key) == 1 and redis.call('ZRANGE', KEYS[1], 0, expired - 1) or {}
	redis.call('ZREMRANGEBYRANK', KEYS[1], 0, expired - 1)
	for _, path in ipairs(paths) do
		forget_tags(path)
	end
end
return expired
