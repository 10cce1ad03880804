-- KEYS: the number of this node's last write. Returns it.
redis.call('PEXPIRE', KEYS[1], 86400000)
return tonumber(redis.call('GET', KEYS[1]) or 0)
