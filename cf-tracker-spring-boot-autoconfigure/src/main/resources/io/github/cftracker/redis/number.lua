-- KEYS: the number of this node's last write, perhaps paths. Without any, nobody knows what has become of them.
redis.call('PEXPIRE', KEYS[1], 86400000)
local state = answer(tonumber(redis.call('GET', KEYS[1]) or 0))
if KEYS[2] and redis.call('EXISTS', KEYS[2]) == 0 then
	state[2] = state[3]
end
return state
