-- KEYS: lease, none, the claim. ARGV: the fence's, then paths.
local forgotten = redis.call('ZREM', KEYS[3], unpack(ARGV, own))
for i = own, #ARGV do
	forget_tags(ARGV[i])
end
return forgotten
