-- include lease-fence
-- KEYS: lease, none, waiting. ARGV: the fence's, then what the keys of runs begin with, for how long a run for commits
-- gathers in ms, how long others wait at most for runs for commits in ms, then ids of runs that cannot be read.
-- Returns the id of the run to carry out next, or '', and 1 if a run gathers. From now on, nothing is merged into the run.
local unreadable = {}
for i = own + 3, #ARGV do
	unreadable[ARGV[i]] = true
end
local urgent, other, others_since, gathers, queued = nil, nil, nil, 0, {}
for _, id in ipairs(redis.call('LRANGE', KEYS[3], 0, -1)) do
	if not unreadable[id] then
		local run = redis.pcall('HMGET', ARGV[own] .. id, 'state', 'trigger', 'requestedAt')
		local since = tonumber(run[3])
		queued[id] = run[1] == 'QUEUED'
		if run[2] ~= 'COMMIT' then
			if not other then
				other, others_since = id, since
			end
		-- A time that lies ahead is from before the clock was set back
		elseif since and since <= now and now - since < tonumber(ARGV[own + 1]) then
			gathers = 1
		else
			urgent = urgent or id
		end
	end
end
local next = urgent or other
if urgent and other and redis.call('HGET', KEYS[1], 'last') == 'COMMIT'
		and now - (others_since or 0) >= tonumber(ARGV[own + 2]) then
	next = other
end
if next and queued[next] then
	redis.call('HSET', ARGV[own] .. next, 'closed', 1)
end
return { next or '', tostring(gathers) }
