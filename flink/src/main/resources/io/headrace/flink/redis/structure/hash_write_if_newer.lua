-- KEYS: the row, its tombstone.
-- ARGV: name of the time column, time, TTL in milliseconds ('0': leave it, '-1': remove it), how many fields are NULL,
--       those fields, then each other field and its value.
-- Returns 1 if the row was written, 0 if Redis holds a later one.
local stored = redis.call('HGET', KEYS[1], ARGV[1])
if stored then
  if is_later(stored, ARGV[2]) then
    return 0
  end
elseif is_later(redis.call('GET', KEYS[2]), ARGV[2]) then
  return 0
end
local nulls = tonumber(ARGV[4])
redis.call('HSET', KEYS[1], unpack(ARGV, 5 + nulls))
if nulls > 0 then
  redis.call('HDEL', KEYS[1], unpack(ARGV, 5, 4 + nulls))
end
if ARGV[3] == '-1' then
  redis.call('PERSIST', KEYS[1])
elseif ARGV[3] ~= '0' then
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
end
return 1
