-- KEYS: lease, the run, unfinished, unsettled, accepted, the accepted items that cover others, the plan.
-- ARGV: the fence's, then the run's id, 1 if no batch is left without an answer, 1 if late paths may follow.
redis.call('HSETNX', KEYS[2], 'finishedAt', now)
redis.call('ZREM', KEYS[3], ARGV[own])
if ARGV[own + 1] ~= '1' then
	redis.call('ZADD', KEYS[4], now, ARGV[own])
end
if ARGV[own + 2] ~= '1' then
	redis.call('ZREM', KEYS[5], ARGV[own])
end
redis.call('UNLINK', KEYS[6], KEYS[7])
return 1
