-- include lease-fence
-- KEYS: lease, none, refusal. ARGV: the fence's, then CloudFront's message, or nothing.
if ARGV[own] then
	redis.call('SET', KEYS[3], ARGV[own])
else
	redis.call('DEL', KEYS[3])
end
return 1
