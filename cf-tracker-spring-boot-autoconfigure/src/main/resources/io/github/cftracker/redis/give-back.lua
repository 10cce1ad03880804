-- include time, tags
-- Takes a path out of a claim and tracks it again, unless it has expired or was untracked since.
local function give_back(claim, untracked, path, score)
	redis.call('ZREM', claim, path)
	local alive = score == 'inf' or tonumber(score) > now
	if alive and redis.call('SISMEMBER', untracked, path) == 0 then
		track_again(path, score)
	else
		forget_tags(path)
	end
end
