-- include time
-- KEYS: lease. ARGV: who asks, for how long in ms, what no token had before: a failover may take the counter back.
-- Returns a token, or '' while another node has it. A lease that would last longer than it can is over: the clock was
-- set back. Nodes may differ in how long they ask for.
local lease = redis.call('HMGET', KEYS[1], 'holder', 'until', 'length')
if lease[1] and lease[1] ~= ARGV[1] then
	local left = tonumber(lease[2]) - now
	if left > 0 and left <= math.max(tonumber(ARGV[2]), tonumber(lease[3] or 0)) then
		return ''
	end
end
local token = ARGV[1] .. ':' .. redis.call('HINCRBY', KEYS[1], 'fence', 1) .. ':' .. ARGV[3]
redis.call('HSET', KEYS[1], 'holder', ARGV[1], 'token', token, 'until', now + ARGV[2], 'length', ARGV[2], 'step', 0)
return token
