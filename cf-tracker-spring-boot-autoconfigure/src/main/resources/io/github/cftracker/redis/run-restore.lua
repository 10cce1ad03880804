-- include removal, selections
-- KEYS: the run, runs, waiting, accepted, a run for what the first one lacks. ARGV: the run's id, 1 if it has ended, how
-- long ago it was last accepted in ms, for how long late paths are followed up in ms, the id of the run for what it
-- lacks, how many strings describe its accepted batches, these (caller reference, how many items, ...), then all fields
-- of the run, the selection first.
-- A batch that is still frozen, or will be frozen of the same claim, goes out under the same reference and is not
-- billed again. Returns how many items may be, -1 if nothing was forgotten.
local fields = 7 + ARGV[6]
local claims = redis.call('HMGET', KEYS[1], 'claim', 'lateClaim')
local billed = 0
for i = 7, fields - 1, 2 do
	local known = redis.call('HEXISTS', KEYS[1], 'batch:' .. ARGV[i]) == 1
	for _, claim in ipairs({ claims[1] or '?', claims[2] or '?' }) do
		known = known or ARGV[i]:find('-' .. claim .. '-', 1, true) ~= nil
	end
	if not known then
		billed = billed + ARGV[i + 1]
	end
end

local function write(key, id)
	-- In parts, because a script cannot pass more than some thousand arguments
	for i = fields, #ARGV, 1000 do
		redis.call('HSET', key, unpack(ARGV, i, math.min(i + 999, #ARGV)))
	end
	local newest = redis.call('ZRANGE', KEYS[2], -1, -1, 'WITHSCORES')
	redis.call('ZADD', KEYS[2], (newest[2] or 0) + 1, id)
end
-- Whether the run does what it was asked to: what was merged into it last may be forgotten
local function is_complete()
	local selection = redis.call('HMGET', KEYS[1], 'selection', 'beginning')
	-- Nothing is merged into what is large
	return selection[2] or covers(selection[1] or '', lines_of(ARGV[fields + 1]))
end

local lost = redis.call('EXISTS', KEYS[1]) == 0
if lost then
	write(KEYS[1], ARGV[1])
	if ARGV[2] == '1' then
		if billed > 0 then
			removed()
			redis.call('ZADD', KEYS[4], now - ARGV[3], ARGV[1])
			redis.call('PEXPIRE', KEYS[4], ARGV[4])
		end
	else
		redis.call('RPUSH', KEYS[3], ARGV[1])
	end
elseif ARGV[2] ~= '1' and not is_complete() then
	lost = true
	write(KEYS[5], ARGV[5])
	redis.call('RPUSH', KEYS[3], ARGV[5])
end
if billed > 0 then
	redis.call('HINCRBY', KEYS[1], 'possiblyBilledTwice', string.format('%.0f', billed))
end
return (lost or billed > 0) and billed or -1
