-- KEYS: the run, runs, waiting, accepted. ARGV: the run's id, 1 if it has ended, how long ago it was last accepted in ms, for how
-- long late paths are followed up in ms, how many strings describe its accepted batches, these (caller reference, how
-- many items, ...), then all fields of the run.
-- A batch that is still frozen, or will be frozen of the same claim, goes out under the same reference and is not
-- billed again. Returns how many items may be, -1 if nothing was forgotten.
local fields = 6 + ARGV[5]
local claims = redis.call('HMGET', KEYS[1], 'claim', 'lateClaim')
local billed = 0
for i = 6, fields - 1, 2 do
	local known = redis.call('HEXISTS', KEYS[1], 'batch:' .. ARGV[i]) == 1
	for _, claim in ipairs({ claims[1] or '?', claims[2] or '?' }) do
		known = known or ARGV[i]:find('-' .. claim .. '-', 1, true) ~= nil
	end
	if not known then
		billed = billed + ARGV[i + 1]
	end
end
local lost = redis.call('EXISTS', KEYS[1]) == 0
if lost then
	-- In parts, because a script cannot pass more than some thousand arguments
	for i = fields, #ARGV, 1000 do
		redis.call('HSET', KEYS[1], unpack(ARGV, i, math.min(i + 999, #ARGV)))
	end
	local newest = redis.call('ZRANGE', KEYS[2], -1, -1, 'WITHSCORES')
	redis.call('ZADD', KEYS[2], (newest[2] or 0) + 1, ARGV[1])
	if ARGV[2] == '1' then
		if billed > 0 then
			local time = redis.call('TIME')
			removed()
			redis.call('ZADD', KEYS[4], time[1] * 1000 + math.floor(time[2] / 1000) - ARGV[3], ARGV[1])
			redis.call('PEXPIRE', KEYS[4], ARGV[4])
		end
	else
		redis.call('RPUSH', KEYS[3], ARGV[1])
	end
end
if billed > 0 then
	redis.call('HINCRBY', KEYS[1], 'possiblyBilledTwice', string.format('%.0f', billed))
end
return (lost or billed > 0) and billed or -1
