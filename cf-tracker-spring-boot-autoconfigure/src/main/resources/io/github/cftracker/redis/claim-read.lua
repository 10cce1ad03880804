-- include time, tags
-- KEYS: the claim. ARGV: a rank to begin at, how many. Returns how many there are, then those that have not expired, each
-- with its score and its tags.
local members = redis.call('ZRANGE', KEYS[1], ARGV[1], ARGV[1] + ARGV[2] - 1, 'WITHSCORES')
local found = tracked_paths(members, now)
table.insert(found, 1, tostring(#members / 2))
return found
