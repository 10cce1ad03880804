-- include lease-fence, removal, give-back
-- KEYS: lease, the run or none, then the step's own. ARGV: the fence's, then the name of the step and its own. One step
-- of a run, or of the holder of the lease.
-- A client that reconnects may send a step again: the second time it changes nothing.
local steps, arg = {}, own + 1

-- KEYS: none. ARGV: none.
function steps.save()
end

-- KEYS: waiting, unfinished. ARGV: the run's id.
function steps.start()
	redis.call('LREM', KEYS[3], 0, ARGV[arg])
	redis.call('ZADD', KEYS[4], now, ARGV[arg])
	redis.call('HSET', KEYS[1], 'last', redis.call('HGET', KEYS[2], 'trigger') or '')
end

-- KEYS: the plan. ARGV: the position of the first item, 1 for the last part of the plan, items. A complete plan stays.
function steps.plan()
	if redis.call('HEXISTS', KEYS[2], 'planned') == 1 then
		return
	end
	if ARGV[arg] == '0' then
		redis.call('UNLINK', KEYS[3])
	end
	if ARGV[arg + 2] and redis.call('LLEN', KEYS[3]) == tonumber(ARGV[arg]) then
		redis.call('RPUSH', KEYS[3], unpack(ARGV, arg + 2))
	end
	if ARGV[arg + 1] == '1' then
		redis.call('HSET', KEYS[2], 'planned', 1)
	end
end

-- KEYS: claims, the claim, its untracked paths, the batch, its untracked paths. ARGV: the caller reference, items.
-- A frozen batch is a claim under its caller reference. An item that is not a tracked path expired long ago, so that it
-- is never tracked again.
function steps.freeze()
	for i = arg + 1, #ARGV do
		local score = redis.call('ZSCORE', KEYS[4], ARGV[i])
		if score then
			redis.call('ZREM', KEYS[4], ARGV[i])
			redis.call('SMOVE', KEYS[5], KEYS[7], ARGV[i])
		end
		if score or not redis.call('ZSCORE', KEYS[6], ARGV[i]) then
			redis.call('ZADD', KEYS[6], score or -1, ARGV[i])
		end
	end
	redis.call('ZADD', KEYS[3], '+inf', ARGV[arg])
end

-- KEYS: as above. ARGV: the caller reference, how many items, the first and the last of them: consecutive paths of the
-- claim. 1.5 µs an item instead of 5.
function steps.freeze_range()
	local first, last = redis.call('ZRANK', KEYS[4], ARGV[arg + 2]), redis.call('ZRANK', KEYS[4], ARGV[arg + 3])
	if first and last then
		if last - first + 1 ~= tonumber(ARGV[arg + 1]) then
			return redis.error_reply('ERR the claim has changed since it was read')
		end
		redis.call('ZRANGESTORE', KEYS[6], KEYS[4], first, last)
		redis.call('ZREMRANGEBYRANK', KEYS[4], first, last)
		local untracked = redis.call('EXISTS', KEYS[5]) == 1 and redis.call('ZRANGE', KEYS[6], 0, -1) or {}
		for _, path in ipairs(untracked) do
			redis.call('SMOVE', KEYS[5], KEYS[7], path)
		end
	elseif redis.call('EXISTS', KEYS[6]) == 0 then
		return redis.error_reply('ERR the claim has lost paths since it was read')
	end
	redis.call('ZADD', KEYS[3], '+inf', ARGV[arg])
end

local function rename(from, to)
	if redis.call('EXISTS', from) == 1 then
		redis.call('RENAME', from, to)
	end
end

-- KEYS: claims, the batch, its untracked paths, then the same of its first and second half. ARGV: the three caller
-- references, the number of items of the first half.
function steps.split()
	if redis.call('ZREM', KEYS[3], ARGV[arg]) == 0 then
		return
	end
	local first = redis.call('ZRANGE', KEYS[4], 0, ARGV[arg + 3] - 1, 'WITHSCORES')
	for i = 1, #first, 2 do
		redis.call('ZREM', KEYS[4], first[i])
		redis.call('ZADD', KEYS[6], first[i + 1], first[i])
		redis.call('SMOVE', KEYS[5], KEYS[7], first[i])
	end
	rename(KEYS[4], KEYS[8])
	rename(KEYS[5], KEYS[9])
	redis.call('ZADD', KEYS[3], '+inf', ARGV[arg + 1], '+inf', ARGV[arg + 2])
end

-- KEYS: claims, the batch, its untracked paths, then the same under the new name. ARGV: both caller references, the
-- number of items that may have been billed twice.
function steps.rename()
	if redis.call('ZREM', KEYS[3], ARGV[arg]) == 0 then
		return
	end
	rename(KEYS[4], KEYS[6])
	rename(KEYS[5], KEYS[7])
	redis.call('HINCRBY', KEYS[2], 'possiblyBilledTwice', ARGV[arg + 2])
	redis.call('ZADD', KEYS[3], '+inf', ARGV[arg + 1])
end

-- Forgets the items of a batch. Returns whether it was frozen.
local function forget_batch()
	local items = redis.call('EXISTS', tags_key) == 1 and redis.call('ZRANGE', KEYS[4], 0, -1) or {}
	redis.call('UNLINK', KEYS[4], KEYS[5])
	forget_tags(items)
	return redis.call('ZREM', KEYS[3], ARGV[arg]) == 1
end

-- KEYS: claims, the batch, its untracked paths, accepted, the accepted items that cover others, the items billed this
-- month. ARGV: the caller reference, the run's id if responses that began before now are late from now on (or ''), how
-- long late paths are followed up in ms, the number of billed items, items that cover others.
function steps.accept()
	if forget_batch() then
		redis.call('INCRBY', KEYS[8], ARGV[arg + 3])
		redis.call('PEXPIRE', KEYS[8], 93 * 86400000)
	end
	if ARGV[arg + 1] ~= '' then
		removed()
		redis.call('ZADD', KEYS[6], now, ARGV[arg + 1])
		redis.call('PEXPIRE', KEYS[6], ARGV[arg + 2])
	end
	if ARGV[arg + 4] then
		redis.call('SADD', KEYS[7], unpack(ARGV, arg + 4))
	end
end

-- KEYS: claims, the batch, its untracked paths. ARGV: the caller reference.
function steps.reject()
	forget_batch()
end

-- KEYS: claims, the batch, its untracked paths. ARGV: the caller reference.
function steps.give_back()
	give_back(KEYS[4], KEYS[5], redis.call('ZRANGE', KEYS[4], 0, -1, 'WITHSCORES'))
	redis.call('UNLINK', KEYS[5])
	redis.call('ZREM', KEYS[3], ARGV[arg])
end

-- KEYS: unfinished, unsettled, accepted, the accepted items that cover others, the plan, runs. ARGV: the run's id, 1 if
-- every batch has an outcome, 1 if late paths may follow, how long a run is kept in ms that is not listed (0: listed).
function steps.finish()
	redis.call('HSETNX', KEYS[2], 'finishedAt', now)
	redis.call('ZREM', KEYS[3], ARGV[arg])
	if ARGV[arg + 1] ~= '1' then
		redis.call('ZADD', KEYS[4], now, ARGV[arg])
	end
	if ARGV[arg + 2] ~= '1' then
		redis.call('ZREM', KEYS[5], ARGV[arg])
	end
	redis.call('UNLINK', KEYS[6], KEYS[7])
	if ARGV[arg + 3] ~= '0' and redis.call('HEXISTS', KEYS[2], 'asked') == 0 then
		local position = redis.call('ZSCORE', KEYS[8], ARGV[arg])
		if position then
			-- The next run gets the position that is free now
			redis.call('HSET', KEYS[2], 'position', position - 0.5)
			redis.call('ZREM', KEYS[8], ARGV[arg])
		end
		redis.call('PEXPIRE', KEYS[2], ARGV[arg + 3])
	end
end

-- KEYS: late. ARGV: paths.
function steps.drop_late()
	redis.call('ZREM', KEYS[3], unpack(ARGV, arg))
end

-- KEYS: pace. ARGV: a resource, its cost and the credit for idle time in ms, ... Writes until when each resource is in
-- use, and when that was written.
function steps.use()
	for i = arg, #ARGV, 3 do
		local idle = now - ARGV[i + 2]
		local busy = tonumber(redis.call('HGET', KEYS[3], ARGV[i]) or idle)
		redis.call('HSET', KEYS[3], ARGV[i], math.max(busy, idle) + ARGV[i + 1], ARGV[i] .. ':at', now)
	end
end

-- KEYS: the batch limit. ARGV: the limit, for how long it is kept in ms.
function steps.limit()
	redis.call('SET', KEYS[3], ARGV[arg], 'PX', ARGV[arg + 1])
end

-- KEYS: refusal. ARGV: CloudFront's message, or nothing.
function steps.refuse()
	if ARGV[arg] then
		redis.call('SET', KEYS[3], ARGV[arg])
	else
		redis.call('DEL', KEYS[3])
	end
end

-- KEYS: none. ARGV: for how long in ms.
function steps.renew()
	redis.call('HSET', KEYS[1], 'until', now + ARGV[arg])
end

-- KEYS: none. ARGV: none.
function steps.release()
	redis.call('HDEL', KEYS[1], 'holder', 'token', 'until', 'length', 'step')
end

return steps[ARGV[own]]() or 1
