-- include time
-- Included by every script of a lease's holder, and by those of claims, which may have no lease.
-- KEYS: lease, the run. ARGV: the holder's token ('' without a lease), the number of its last step that was acknowledged,
-- the number of this one, how many arguments describe the run, these (field, value, ...), then the script's own, which
-- begin at 'own'.
local fenced = ARGV[1] ~= ''
if fenced then
	local lease = redis.call('HMGET', KEYS[1], 'token', 'step')
	if lease[1] ~= ARGV[1] then
		return redis.error_reply('FENCED another node has taken over')
	end
	if tonumber(lease[2] or 0) < tonumber(ARGV[2]) then
		return redis.error_reply('FENCED a step that was acknowledged is forgotten')
	end
	redis.call('HSET', KEYS[1], 'step', math.max(tonumber(lease[2] or 0), tonumber(ARGV[3])))
end
local own = 5 + ARGV[4]
if own > 5 then
	redis.call('HSET', KEYS[2], unpack(ARGV, 5, own - 1))
end
