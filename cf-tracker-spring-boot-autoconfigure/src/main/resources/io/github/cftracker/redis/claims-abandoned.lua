-- KEYS: claims. ARGV: the lease in ms. Returns the ids of claims that were not renewed for so long.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
return redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[1])
