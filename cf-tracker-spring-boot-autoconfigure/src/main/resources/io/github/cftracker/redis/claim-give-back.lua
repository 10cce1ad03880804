-- include lease-fence, give-back
-- KEYS: lease, the run, paths, claims, the claim, what was untracked of it since.
-- ARGV: the fence's, then the claim's id, how many paths to give back at the most, then paths. Without paths, gives back a
-- part of what is left, and ends the claim with the last part. Renews a claim without a lease. Returns whether the claim
-- has ended.
local ends, members = not ARGV[own + 2], {}
if ends then
	members = redis.call('ZRANGE', KEYS[5], 0, ARGV[own + 1] - 1, 'WITHSCORES')
else
	for i, score in ipairs(redis.call('ZMSCORE', KEYS[5], unpack(ARGV, own + 2))) do
		if score then
			members[#members + 1] = ARGV[own + 1 + i]
			members[#members + 1] = score
		end
	end
end
give_back(KEYS[5], KEYS[6], members)
if not ends or redis.call('EXISTS', KEYS[5]) == 1 then
	if not fenced then
		redis.call('ZADD', KEYS[4], 'XX', now, ARGV[own])
	end
	return 0
end
redis.call('ZREM', KEYS[4], ARGV[own])
redis.call('UNLINK', KEYS[6])
return 1
