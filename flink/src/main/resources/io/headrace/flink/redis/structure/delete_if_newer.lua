-- Before this stand the table's constants and stored_time(key).
-- KEYS: the rows, then their tombstones. ARGV: for each row the time of its deletion.
-- Returns how many rows were not deleted because Redis holds later ones.
local rows = #KEYS / 2
local outdated = 0
for row = 1, rows do
  local key, tombstone, time = KEYS[row], KEYS[rows + row], ARGV[row]
  if is_later(stored_time(key), time) then
    outdated = outdated + 1
  else
    redis.call('UNLINK', key)
    if not is_later(redis.call('GET', tombstone), time) then
      redis.call('SET', tombstone, time, 'PX', TOMBSTONE_TTL)
    end
  end
end
return outdated
