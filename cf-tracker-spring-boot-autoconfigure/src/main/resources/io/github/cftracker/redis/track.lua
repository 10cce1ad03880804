-- KEYS: number, paths, schema, accepted, late. ARGV: two numbers, schema version, then triples of lifetime in ms (or
-- '+inf'), age of the response in ms, and path. Returns the number of this node's last write that is not forgotten.
-- GT renews a lifetime and never shortens it; new paths are added all the same.
-- A response that began before the last batch was accepted is late: it may have put old content back into the edge.
local schema = redis.call('GET', KEYS[3])
if not schema then
	redis.call('SET', KEYS[3], ARGV[3])
elseif schema ~= ARGV[3] then
	return redis.error_reply('ERR ' .. KEYS[3] .. ' is ' .. schema .. ', but this version of cf-tracker writes ' .. ARGV[3])
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local accepted = redis.call('ZRANGE', KEYS[4], -1, -1, 'WITHSCORES')[2]
local members = {}
local late = {}
for i = 4, #ARGV, 3 do
	members[#members + 1] = ARGV[i] == '+inf' and '+inf' or now + ARGV[i]
	members[#members + 1] = ARGV[i + 2]
	if accepted and now - ARGV[i + 1] < tonumber(accepted) then
		late[#late + 1] = now - ARGV[i + 1]
		late[#late + 1] = ARGV[i + 2]
	end
end
if #late > 0 then
	redis.call('ZADD', KEYS[5], 'LT', unpack(late))
end
redis.call('ZADD', KEYS[2], 'GT', unpack(members))
return number
