-- KEYS: lease, none, paths, the claim, what was untracked of it since. ARGV: the fence's, then paths.
for i = own, #ARGV do
	local score = redis.call('ZSCORE', KEYS[4], ARGV[i])
	if score then
		redis.call('ZREM', KEYS[4], ARGV[i])
		local alive = score == 'inf' or tonumber(score) > now
		if alive and redis.call('SISMEMBER', KEYS[5], ARGV[i]) == 0 then
			track_again(ARGV[i], score)
		else
			forget_tags(ARGV[i])
		end
	end
end
return 1
