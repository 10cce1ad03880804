-- KEYS: number, paths, claims, the prefix of a claim's key. ARGV: two numbers, then paths.
-- A claimed path stays in its claim and is sent, but is remembered, so that giving back does not revive it.
if redis.call('ZREM', KEYS[2], unpack(ARGV, 3)) > 0 then
	removed()
end
for _, id in ipairs(redis.call('ZRANGE', KEYS[3], 0, -1)) do
	local claim = KEYS[4] .. id
	for i = 3, #ARGV do
		if redis.call('ZSCORE', claim, ARGV[i]) then
			redis.call('SADD', claim .. ':untracked', ARGV[i])
		end
	end
end
for i = 3, #ARGV do
	forget_tags(ARGV[i])
end
return answer(number)
