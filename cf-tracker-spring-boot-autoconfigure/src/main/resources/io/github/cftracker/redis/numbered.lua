-- include time
-- Included by every script that records. KEYS: the number of this node's last write.
-- ARGV: the number of its last write that was acknowledged, the number of this one, then the script's own.
-- A server that has forgotten writes keeps the lower number, so that the node notices, however many answers get lost.
local number = tonumber(redis.call('GET', KEYS[1]) or 0)
if number >= tonumber(ARGV[1]) then
	number = math.max(number, tonumber(ARGV[2]))
	redis.call('SET', KEYS[1], string.format('%.0f', number), 'PX', 86400000)
end
-- Returns the number of this node's last write that is not forgotten, when a path was last removed in microseconds (0:
-- never), and the time in ms.
local function answer(number)
	local removed = redis.call('GET', KEYS[1]:match('^.*}:') .. 'removed')
	return { number, tonumber(removed or 0), now }
end
