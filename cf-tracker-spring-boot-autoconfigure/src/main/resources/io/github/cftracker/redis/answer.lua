-- Stands before the scripts that record and the one that asks. Returns the number of this node's last write that is not
-- forgotten, when a path was last removed in microseconds (0: never), and the time in ms.
local function answer(number)
	local time = redis.call('TIME')
	local removed = redis.call('GET', KEYS[1]:match('^.*}:') .. 'removed')
	return { number, tonumber(removed or 0), time[1] * 1000 + math.floor(time[2] / 1000) }
end
