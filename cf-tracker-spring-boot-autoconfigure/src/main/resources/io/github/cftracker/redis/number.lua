-- include numbered
-- KEYS: the number of this node's last write, perhaps paths. ARGV: twice the number of its last write that was
-- acknowledged. Without any paths, it is unknown what has become of them.
local state = answer(number)
if KEYS[2] and redis.call('EXISTS', KEYS[2]) == 0 then
	state[2] = state[3]
end
return state
