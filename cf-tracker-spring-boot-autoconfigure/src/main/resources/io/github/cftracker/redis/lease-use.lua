-- include lease-fence
-- KEYS: lease, none, pace. ARGV: the fence's, then a resource, its cost and the credit for idle time in ms, ...
-- Writes until when each resource is in use, and when that was written.
for i = own, #ARGV, 3 do
	local idle = now - ARGV[i + 2]
	local busy = tonumber(redis.call('HGET', KEYS[3], ARGV[i]) or idle)
	redis.call('HSET', KEYS[3], ARGV[i], math.max(busy, idle) + ARGV[i + 1], ARGV[i] .. ':at', now)
end
return 1
