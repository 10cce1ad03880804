-- KEYS: a key. ARGV: SSCAN or ZSCAN, its further arguments. Returns the cursor, then the part of the key.
local part = redis.call(ARGV[1], KEYS[1], unpack(ARGV, 2))
table.insert(part[2], 1, part[1])
return part[2]
