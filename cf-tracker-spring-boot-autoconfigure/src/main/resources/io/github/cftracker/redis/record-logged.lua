-- KEYS: a kind of warning. ARGV: the warning, and how long to remember it in ms.
if redis.call('GET', KEYS[1]) == ARGV[1] then
	return 0
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
