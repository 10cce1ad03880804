-- KEYS: paths, schema. ARGV: schema version, then pairs of lifetime in ms (or '+inf') and path.
-- GT renews a lifetime and never shortens it; new paths are added all the same.
local schema = redis.call('GET', KEYS[2])
if not schema then
	redis.call('SET', KEYS[2], ARGV[1])
elseif schema ~= ARGV[1] then
	return redis.error_reply('ERR ' .. KEYS[2] .. ' is ' .. schema .. ', but this version of cf-tracker writes ' .. ARGV[1])
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local members = {}
for i = 2, #ARGV, 2 do
	members[i - 1] = ARGV[i] == '+inf' and '+inf' or now + ARGV[i]
	members[i] = ARGV[i + 1]
end
return redis.call('ZADD', KEYS[1], 'GT', 'CH', unpack(members))
