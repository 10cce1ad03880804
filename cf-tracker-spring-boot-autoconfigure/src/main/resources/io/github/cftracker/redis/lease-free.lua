-- include lease-fence
-- KEYS: lease, none, pace. ARGV: the fence's, then a resource and for how long it can be in use in ms, ...
-- Returns in how many ms all of them are free. Where the clock was set back since a use, or the use would end later
-- than it can, the resource is free.
local wait = 0
for i = own, #ARGV, 2 do
	local use = redis.call('HMGET', KEYS[3], ARGV[i], ARGV[i] .. ':at')
	local left = tonumber(use[1] or now) - now
	if left > tonumber(ARGV[i + 1]) or tonumber(use[2] or 0) > now then
		redis.call('HDEL', KEYS[3], ARGV[i], ARGV[i] .. ':at')
	else
		wait = math.max(wait, left)
	end
end
return math.ceil(wait)
