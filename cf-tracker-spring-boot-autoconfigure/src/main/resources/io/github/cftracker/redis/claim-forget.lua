-- KEYS: the claim. ARGV: paths.
local forgotten = redis.call('ZREM', KEYS[1], unpack(ARGV))
for _, path in ipairs(ARGV) do
	forget_tags(path)
end
return forgotten
