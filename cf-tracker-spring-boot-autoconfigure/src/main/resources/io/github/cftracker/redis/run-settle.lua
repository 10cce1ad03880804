-- KEYS: lease, the run, claims, the batch, what was untracked of it since, accepted, the accepted items that cover
-- others, what was billed this month.
-- ARGV: the fence's, then the caller reference, the run's id if what began before now is late from now on (or ''),
-- for how long late paths are followed up in ms, how many items were billed, then those that cover others.
local items = redis.call('EXISTS', tags_key) == 1 and redis.call('ZRANGE', KEYS[4], 0, -1) or {}
redis.call('UNLINK', KEYS[4], KEYS[5])
local settled = redis.call('ZREM', KEYS[3], ARGV[own]) == 1
for _, path in ipairs(items) do
	forget_tags(path)
end
-- A client that reconnects may send the script again
if settled and ARGV[own + 3] ~= '0' then
	redis.call('INCRBY', KEYS[8], ARGV[own + 3])
	redis.call('PEXPIRE', KEYS[8], 93 * 86400000)
end
if ARGV[own + 1] ~= '' then
	removed()
	redis.call('ZADD', KEYS[6], now, ARGV[own + 1])
	redis.call('PEXPIRE', KEYS[6], ARGV[own + 2])
end
if ARGV[own + 4] then
	redis.call('SADD', KEYS[7], unpack(ARGV, own + 4))
end
return 1
