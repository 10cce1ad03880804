-- include time
-- KEYS: the logged warnings. ARGV: a kind, then the warning that applies, and for how many seconds it is not logged again.
-- Without a warning, none applies. Returns whether something has changed.
if not ARGV[2] then
	return redis.call('HDEL', KEYS[1], ARGV[1])
end
local seconds = tonumber(time[1])
local logged = redis.call('HGET', KEYS[1], ARGV[1])
local at = logged and tonumber(string.match(logged, '^%d+'))
if at and at <= seconds and seconds < at + ARGV[3] then
	return 0
end
redis.call('HSET', KEYS[1], ARGV[1], time[1] .. ' ' .. ARGV[2])
return 1
