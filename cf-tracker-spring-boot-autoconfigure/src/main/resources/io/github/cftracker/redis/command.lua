-- KEYS: a key. ARGV: a command, its further arguments. Returns what the command returns.
return redis.call(ARGV[1], KEYS[1], unpack(ARGV, 2))
