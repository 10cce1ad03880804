-- KEYS: the logged warnings. ARGV: a kind, the warning, and for how many seconds it is not logged again.
local now = redis.call('TIME')[1]
local logged = redis.call('HGET', KEYS[1], ARGV[1])
local at = logged and tonumber(string.match(logged, '^%d+'))
if at and at <= tonumber(now) and tonumber(now) < at + ARGV[3] then
	return 0
end
redis.call('HSET', KEYS[1], ARGV[1], now .. ' ' .. ARGV[2])
return 1
