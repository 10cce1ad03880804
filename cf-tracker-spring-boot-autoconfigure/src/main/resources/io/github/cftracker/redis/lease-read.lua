-- include lease-fence
-- KEYS: lease, none, pace, the batch limit. ARGV: the fence's, then a resource and for how long it can be in use in ms, ...
-- Returns the time, in how many ms all resources are free, and the batch limit if there is one. Where the clock was set
-- back since a use, or the use would end later than it can, the resource is free.
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
return { string.format('%.0f', now), string.format('%.0f', math.ceil(wait)), redis.call('GET', KEYS[4]) or nil }
