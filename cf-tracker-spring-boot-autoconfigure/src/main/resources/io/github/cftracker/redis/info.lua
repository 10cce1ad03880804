-- KEYS: paths, which says which node of a cluster to ask.
return redis.call('INFO')
