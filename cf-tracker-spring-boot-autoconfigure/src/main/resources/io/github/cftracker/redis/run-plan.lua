-- KEYS: lease, the run, the plan. ARGV: the fence's, then 1 if this is the beginning, 1 if this is the end, then items.
-- What another node has planned in full stays. Returns 1 if it does.
if redis.call('HEXISTS', KEYS[2], 'planned') == 1 then
	return 1
end
if ARGV[own] == '1' then
	redis.call('UNLINK', KEYS[3])
end
if ARGV[own + 2] then
	redis.call('RPUSH', KEYS[3], unpack(ARGV, own + 2))
end
if ARGV[own + 1] == '1' then
	redis.call('HSET', KEYS[2], 'planned', 1)
end
return 0
