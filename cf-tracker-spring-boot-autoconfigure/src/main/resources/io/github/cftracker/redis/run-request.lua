-- include time, selections
-- KEYS: waiting, runs, the run, the name of what happens once (or the run again).
-- ARGV: the run's id, how many may wait, what the keys of runs begin with, how many runs to keep, unfinished,
-- unsettled and accepted, for how long the name is remembered in ms (0: no name), the selection (or '' for a
-- large one), the trigger, who asks, how many ids follow, ids of runs that were found to be unreadable when this was asked before, then fields of the run.
-- Returns what became of the request, the id of the run, and its fields.
local own = 13 + ARGV[12]
if ARGV[8] ~= '0' and ARGV[12] == '0' and redis.call('EXISTS', KEYS[4]) == 1 then
	return { 'before', '' }
end
local unreadable = {}
for i = 13, own - 1 do
	unreadable[ARGV[i]] = true
end
local waiting = redis.call('LRANGE', KEYS[1], 0, -1)
-- Nil for a large selection
local lines = lines_of(ARGV[9])
for i = own, #ARGV, 2 do
	if ARGV[i] == 'beginning' then
		lines = nil
	end
end
local is_commit = ARGV[10] == 'COMMIT'

-- The run that does what is requested, or else those that take up another commit
local function find_covering()
	local budget, open = 2 * MAX_BYTES, {}
	for _, id in ipairs(waiting) do
		local run = redis.pcall('HMGET', ARGV[3] .. id, 'state', 'trigger', 'closed', 'beginning')
		-- What is large is not compared
		if run[1] == 'QUEUED' and not unreadable[id] and not run[4] then
			-- A commit that joined another kind of run would lose its precedence
			if budget > 0 and (not is_commit or run[2] == 'COMMIT') then
				local selection = redis.call('HGET', ARGV[3] .. id, 'selection') or ''
				budget = budget - #selection - 1
				if covers(selection, lines) then
					return id, open
				end
			end
			if is_commit and run[2] == 'COMMIT' and not run[3] then
				open[#open + 1] = id
			end
		end
	end
	return nil, open
end

-- Adds what is requested to a run of the same kind
local function merge(ids)
	for _, id in ipairs(ids) do
		local key = ARGV[3] .. id
		local all = union(redis.call('HGET', key, 'selection') or '', lines)
		if all then
			redis.call('HSET', key, 'selection', all)
			return id
		end
		-- Full
		redis.call('HSET', key, 'closed', 1)
	end
end

-- Forgets the oldest finished runs, of failed and of other ones each, and none of which something is to be sent or may follow
local function forget()
	if redis.call('ZCARD', KEYS[2]) - #waiting - redis.call('ZCARD', ARGV[5]) <= tonumber(ARGV[4]) then
		return
	end
	local finished, failed = {}, {}
	for _, id in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do
		local state = redis.pcall('HGET', ARGV[3] .. id, 'state')
		if state == 'FAILED' then
			failed[#failed + 1] = id
		elseif state == 'COMPLETED' or state == 'ACCEPTED' or state == 'EMPTY' then
			finished[#finished + 1] = id
		elseif not state and redis.call('EXISTS', ARGV[3] .. id) == 0 then
			redis.call('ZREM', KEYS[2], id)
		end
	end
	local function forget_oldest(ids, excess)
		for _, id in ipairs(ids) do
			if excess > 0 and not redis.call('ZSCORE', ARGV[5], id) and not redis.call('ZSCORE', ARGV[6], id)
					and not redis.call('ZSCORE', ARGV[7], id) then
				redis.call('UNLINK', ARGV[3] .. id)
				redis.call('ZREM', KEYS[2], id)
				excess = excess - 1
			end
		end
	end
	forget_oldest(finished, #finished - ARGV[4])
	forget_oldest(failed, #failed - ARGV[4])
end

local id, open = find_covering()
local outcome = 'joined'
if not id and is_commit and lines then
	id, outcome = merge(open), 'merged'
end
if not id then
	if #waiting >= tonumber(ARGV[2]) then
		return { 'full', '' }
	end
	id, outcome = ARGV[1], 'queued'
	redis.call('HSET', KEYS[3], 'requestedAt', now, unpack(ARGV, own))
	redis.call('RPUSH', KEYS[1], id)
	local newest = redis.call('ZRANGE', KEYS[2], -1, -1, 'WITHSCORES')
	redis.call('ZADD', KEYS[2], (newest[2] or 0) + 1, id)
	forget()
end
local key = ARGV[3] .. id
-- What a failover may hide: a run that lacks what was merged into it looks like one that was never asked for that
redis.call('HINCRBY', key, 'requests:' .. ARGV[11], 1)
if not is_commit then
	-- The caller may look it up, so it is listed even if it has nothing to send
	redis.call('HSET', key, 'asked', 1)
end
if ARGV[8] ~= '0' then
	redis.call('SET', KEYS[4], id, 'PX', ARGV[8])
end
-- As it stands now, before anybody starts it
local result = { outcome, id }
for _, value in ipairs(redis.call('HGETALL', key)) do
	result[#result + 1] = value
end
return result
