-- KEYS: lease, none, the claim. ARGV: the fence's, then how many at the most. Returns paths, each with
-- its score and its tags.
local next = redis.call('ZRANGEBYSCORE', KEYS[3], '(' .. now, '+inf', 'WITHSCORES', 'LIMIT', 0, ARGV[own])
return tracked_paths(next, now)
