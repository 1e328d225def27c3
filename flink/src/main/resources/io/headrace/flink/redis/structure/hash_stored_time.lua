-- The time inside a row that is a hash; false if there is none.
local function stored_time(key)
  return redis.call('HGET', key, TIME_COLUMN)
end
