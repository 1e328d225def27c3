-- KEYS: the row, its tombstone. ARGV: name of the time column, time of the deletion, TTL of the tombstone in milliseconds.
-- Returns 1 if the row is deleted, 0 if Redis holds a later one.
if is_later(redis.call('HGET', KEYS[1], ARGV[1]), ARGV[2]) then
  return 0
end
redis.call('UNLINK', KEYS[1])
if not is_later(redis.call('GET', KEYS[2]), ARGV[2]) then
  redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
end
return 1
