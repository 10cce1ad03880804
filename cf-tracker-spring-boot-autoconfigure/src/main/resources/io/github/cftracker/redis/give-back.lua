-- include time, tags
-- Takes paths out of a claim, each followed by its score, and tracks them again, unless they have expired or were
-- untracked since. What is tracked of them is newer. In bulk: 4 µs a path instead of 7.
local function give_back(claim, untracked, members)
	local all, gone, alive, scores = {}, {}, {}, {}
	local some_untracked = redis.call('EXISTS', untracked) == 1
	for i = 1, #members, 2 do
		local path, score = members[i], members[i + 1]
		all[#all + 1] = path
		if (score == 'inf' or tonumber(score) > now)
				and not (some_untracked and redis.call('SISMEMBER', untracked, path) == 1) then
			alive[#alive + 1] = path
			scores[#scores + 1] = score
		else
			gone[#gone + 1] = path
		end
	end
	if #all > 0 then
		redis.call('ZREM', claim, unpack(all))
	end
	if #alive > 0 then
		local again = {}
		for i, newer in ipairs(redis.call('ZMSCORE', base .. 'paths', unpack(alive))) do
			again[2 * i - 1] = newer and merged(scores[i], newer) or scores[i]
			again[2 * i] = alive[i]
		end
		redis.call('ZADD', base .. 'paths', unpack(again))
	end
	forget_tags(gone)
end
