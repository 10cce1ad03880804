-- KEYS: routes. Returns each route and its number.
return redis.call('HGETALL', KEYS[1])
