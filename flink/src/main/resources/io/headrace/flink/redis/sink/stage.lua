-- KEYS: the staged hash. ARGV: how long it lives in milliseconds, then each field and its value.
redis.call('HSET', KEYS[1], unpack(ARGV, 2))
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return 1
