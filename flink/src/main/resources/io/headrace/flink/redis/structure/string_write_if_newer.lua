-- Before this stand the table's constants and stored_time(key).
-- KEYS: the rows, then their tombstones.
-- ARGV, for each row: TTL in milliseconds ('0' or '-1': for ever), time, the row.
-- Returns how many rows were not written because Redis holds later ones.
local rows = #KEYS / 2
local outdated = 0
for row = 1, rows do
  local key = KEYS[row]
  local ttl, time, text = ARGV[3 * row - 2], ARGV[3 * row - 1], ARGV[3 * row]
  local stored = stored_time(key) or redis.call('GET', KEYS[rows + row])
  if is_later(stored, time) then
    outdated = outdated + 1
  elseif ttl == '0' or ttl == '-1' then
    redis.call('SET', key, text)
  else
    redis.call('SET', key, text, 'PX', ttl)
  end
end
return outdated
