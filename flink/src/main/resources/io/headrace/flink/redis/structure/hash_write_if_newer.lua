-- Before this stand the table's constants, set_columns(key, before) and stored_time(key).
-- KEYS: the rows, then their tombstones.
-- ARGV, for each row: TTL in milliseconds ('0': leave it, '-1': remove it), the value of each column (anything where it is
--       NULL), the names of the columns that are NULL, of which all rows have equally many.
-- Returns how many rows were not written because Redis holds later ones.
local rows = #KEYS / 2
local arguments = #ARGV / rows
local outdated = 0
for row = 1, rows do
  local key = KEYS[row]
  local first = (row - 1) * arguments + 1
  local stored = stored_time(key) or redis.call('GET', KEYS[rows + row])
  if is_later(stored, ARGV[first + TIME_PLACE]) then
    outdated = outdated + 1
  else
    set_columns(key, first)
    if arguments > 1 + COLUMNS then
      redis.call('HDEL', key, unpack(ARGV, first + 1 + COLUMNS, first + arguments - 1))
    end
    local ttl = ARGV[first]
    if ttl == '-1' then
      redis.call('PERSIST', key)
    elseif ttl ~= '0' then
      redis.call('PEXPIRE', key, ttl)
    end
  end
end
return outdated
