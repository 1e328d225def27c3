-- The time inside a row that is stored as JSON; nil if there is none.
local function stored_time(key)
  local text = redis.call('GET', key)
  if not text then
    return nil
  end
  local readable, row = pcall(cjson.decode, text)
  if not readable or type(row) ~= 'table' or type(row[TIME_COLUMN]) ~= 'string' then
    return nil
  end
  return row[TIME_COLUMN]
end
