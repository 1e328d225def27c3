-- KEYS: the row, its tombstone.
-- ARGV: name of the time column, time, TTL in milliseconds ('0' or '-1': for ever), the row.
-- Returns 1 if the row was written, 0 if Redis holds a later one.
local stored = stored_time(KEYS[1], ARGV[1])
if stored then
  if is_later(stored, ARGV[2]) then
    return 0
  end
elseif is_later(redis.call('GET', KEYS[2]), ARGV[2]) then
  return 0
end
if ARGV[3] == '0' or ARGV[3] == '-1' then
  redis.call('SET', KEYS[1], ARGV[4])
else
  redis.call('SET', KEYS[1], ARGV[4], 'PX', ARGV[3])
end
return 1
