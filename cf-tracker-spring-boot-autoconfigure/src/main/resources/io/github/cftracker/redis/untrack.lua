-- KEYS: paths, claims, the prefix of a claim's key. ARGV: paths.
-- A claimed path stays in its claim and is sent, but is remembered, so that giving back does not revive it.
local removed = redis.call('ZREM', KEYS[1], unpack(ARGV))
for _, id in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do
	local claim = KEYS[3] .. id
	for _, path in ipairs(ARGV) do
		if redis.call('ZSCORE', claim, path) then
			redis.call('SADD', claim .. ':untracked', path)
		end
	end
end
return removed
