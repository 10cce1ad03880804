-- include numbered, removal, tags
-- KEYS: number, paths, claims, the prefix of a claim's key. ARGV: two numbers, a lifetime in ms (or '+inf'), then paths.
-- Adds to the answer which paths were tracked for longer than the lifetime, from 0.
-- A claimed path stays in its claim and is sent, but is remembered, so that giving back does not revive it.
local scores = ARGV[3] ~= '+inf' and redis.call('ZMSCORE', KEYS[2], unpack(ARGV, 4)) or {}
if redis.call('ZREM', KEYS[2], unpack(ARGV, 4)) > 0 then
	removed()
end
for _, id in ipairs(redis.call('ZRANGE', KEYS[3], 0, -1)) do
	local claim = KEYS[4] .. id
	for i = 4, #ARGV do
		if redis.call('ZSCORE', claim, ARGV[i]) then
			redis.call('SADD', claim .. ':untracked', ARGV[i])
		end
	end
end
forget_tags({ unpack(ARGV, 4) })
local state = answer(number)
for i, score in ipairs(scores) do
	if score and tonumber(score) > now + ARGV[3] then
		state[#state + 1] = i - 1
	end
end
return state
