-- Stands before every script of a lease's holder.
-- KEYS: lease, the run. ARGV: the holder's token, how many arguments describe the run, these (field, value, ...),
-- then the script's own, which begin at 'own'.
if redis.call('HGET', KEYS[1], 'token') ~= ARGV[1] then
	return redis.error_reply('FENCED another node has taken over')
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local own = 3 + ARGV[2]
if own > 3 then
	redis.call('HSET', KEYS[2], unpack(ARGV, 3, own - 1))
end
