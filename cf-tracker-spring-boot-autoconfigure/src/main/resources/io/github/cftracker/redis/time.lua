-- Included by scripts that need the time. It is the server's, in ms: the clocks of the nodes do not matter.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
