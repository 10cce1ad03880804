-- KEYS: lease, the run, unfinished, unsettled, accepted, the accepted items that cover others, the plan, runs.
-- ARGV: the fence's, then the run's id, 1 if no batch is left without an answer, 1 if late paths may follow, for how
-- long the run is kept in ms where it is not listed (0: it is listed).
redis.call('HSETNX', KEYS[2], 'finishedAt', now)
redis.call('ZREM', KEYS[3], ARGV[own])
if ARGV[own + 1] ~= '1' then
	redis.call('ZADD', KEYS[4], now, ARGV[own])
end
if ARGV[own + 2] ~= '1' then
	redis.call('ZREM', KEYS[5], ARGV[own])
end
redis.call('UNLINK', KEYS[6], KEYS[7])
if ARGV[own + 3] ~= '0' and redis.call('HEXISTS', KEYS[2], 'asked') == 0 then
	local position = redis.call('ZSCORE', KEYS[8], ARGV[own])
	if position then
		-- The next run gets the position that is free now
		redis.call('HSET', KEYS[2], 'position', position - 0.5)
		redis.call('ZREM', KEYS[8], ARGV[own])
	end
	redis.call('PEXPIRE', KEYS[2], ARGV[own + 3])
end
return 1
