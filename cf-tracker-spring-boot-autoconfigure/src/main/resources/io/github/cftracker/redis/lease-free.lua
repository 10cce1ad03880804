-- KEYS: lease, none, pace. ARGV: the fence's, then resources. Returns in how many ms all of them are free.
local wait = 0
for i = own, #ARGV do
	wait = math.max(wait, tonumber(redis.call('HGET', KEYS[3], ARGV[i]) or now) - now)
end
return math.ceil(wait)
