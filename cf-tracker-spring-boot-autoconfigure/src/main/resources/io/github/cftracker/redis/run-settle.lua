-- KEYS: lease, the run, claims, the batch, what was untracked of it since, accepted, the accepted wildcards.
-- ARGV: the fence's, then the caller reference, the run's id if what began before now is late from now on (or ''),
-- for how long late paths are followed up in ms, then wildcards.
redis.call('UNLINK', KEYS[4], KEYS[5])
redis.call('ZREM', KEYS[3], ARGV[own])
if ARGV[own + 1] ~= '' then
	redis.call('ZADD', KEYS[6], now, ARGV[own + 1])
	redis.call('PEXPIRE', KEYS[6], ARGV[own + 2])
end
if ARGV[own + 3] then
	redis.call('SADD', KEYS[7], unpack(ARGV, own + 3))
end
return 1
