-- KEYS: number, the run that was written down last. ARGV: two numbers, then its last batch that may be billed, or ''.
-- Returns the number of this node's last write that is not forgotten, or -1 if that run or batch is.
local batch = ARGV[3] == '' and 'requestedAt' or 'batch:' .. ARGV[3]
return redis.call('HEXISTS', KEYS[2], batch) == 1 and number or -1
