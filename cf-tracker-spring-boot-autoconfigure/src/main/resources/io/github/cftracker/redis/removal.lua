-- include time
-- Included by scripts after which a tracked path may be gone or live shorter, or what began before is late. Nodes that
-- knew what is tracked then know it no longer.
local function removed()
	redis.call('SET', KEYS[1]:match('^.*}:') .. 'removed', string.format('%.0f', time[1] * 1000000 + time[2]))
end
