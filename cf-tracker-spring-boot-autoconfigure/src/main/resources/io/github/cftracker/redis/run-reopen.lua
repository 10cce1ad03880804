-- include lease-fence
-- KEYS: lease, none, unsettled, unfinished. ARGV: the fence's. Returns the ids of the runs that are unfinished again.
local ids = redis.call('ZRANGE', KEYS[3], 0, -1)
for _, id in ipairs(ids) do
	redis.call('ZADD', KEYS[4], now, id)
end
redis.call('DEL', KEYS[3])
return ids
