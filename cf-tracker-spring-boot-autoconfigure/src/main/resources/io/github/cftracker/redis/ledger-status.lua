-- KEYS: waiting, unfinished, late, the items billed this month, refusal.
-- Returns how many of the first three exist, how many items were billed, and CloudFront's message if it refuses everything.
local work = redis.call('EXISTS', KEYS[1], KEYS[2], KEYS[3])
return { tostring(work), redis.call('GET', KEYS[4]) or '0', redis.call('GET', KEYS[5]) or nil }
