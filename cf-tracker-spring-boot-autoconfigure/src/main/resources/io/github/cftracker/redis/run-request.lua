-- KEYS: waiting, runs, the run, the name of what happens once (or the run again).
-- ARGV: the run's id, how many may wait, what the keys of runs begin with, how many runs to keep, unfinished,
-- unsettled and accepted, for how long the name is remembered in ms (0: no name), the selection, then fields of the run.
-- Returns what became of the request, the id of the run, and its fields.
if ARGV[8] ~= '0' and redis.call('EXISTS', KEYS[4]) == 1 then
	return { 'before', '' }
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local waiting = redis.call('LRANGE', KEYS[1], 0, -1)
local outcome = { 'queued', ARGV[1] }
if ARGV[9] == '' then
	for _, id in ipairs(waiting) do
		if redis.call('HGET', ARGV[3] .. id, 'selection') == '' then
			outcome = { 'joined', id }
		end
	end
end
if outcome[1] == 'queued' then
	if #waiting >= tonumber(ARGV[2]) then
		return { 'full', '' }
	end
	redis.call('HSET', KEYS[3], 'selection', ARGV[9], 'requestedAt', now, unpack(ARGV, 10))
	redis.call('RPUSH', KEYS[1], ARGV[1])
	local newest = redis.call('ZRANGE', KEYS[2], -1, -1, 'WITHSCORES')
	redis.call('ZADD', KEYS[2], (newest[2] or 0) + 1, ARGV[1])
	local excess = redis.call('ZCARD', KEYS[2]) - ARGV[4]
	if excess > 0 then
		for _, id in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do
			local state = redis.call('HGET', ARGV[3] .. id, 'state')
			local final = state ~= 'QUEUED' and state ~= 'SENDING' and state ~= 'IN_PROGRESS'
			if excess > 0 and final and not redis.call('ZSCORE', ARGV[5], id) and not redis.call('ZSCORE', ARGV[6], id)
					and not redis.call('ZSCORE', ARGV[7], id) then
				redis.call('UNLINK', ARGV[3] .. id)
				redis.call('ZREM', KEYS[2], id)
				excess = excess - 1
			end
		end
	end
end
if ARGV[8] ~= '0' then
	redis.call('SET', KEYS[4], outcome[2], 'PX', ARGV[8])
end
-- As it stands now, before anybody starts it
for _, value in ipairs(redis.call('HGETALL', ARGV[3] .. outcome[2])) do
	outcome[#outcome + 1] = value
end
return outcome
