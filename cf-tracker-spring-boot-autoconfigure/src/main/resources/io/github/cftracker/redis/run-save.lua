-- KEYS: lease, the run. ARGV: the fence's.
return 1
