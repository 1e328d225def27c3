-- Whether ISO-8601 time a is later than b. Times of one column differ in the length of their year and of their fraction
-- of a second only. What is no time is never later.
local function is_later(a, b)
  if not a or a == b then
    return false
  end
  -- Nearly all have a year of four digits and milliseconds.
  if #a == #b and string.find(a, '^%d%d%d%d%-') and string.find(b, '^%d%d%d%d%-') then
    return a > b
  end
  local sign_a, year_a, rest_a = string.match(a, '^([+-]?)(%d+)(-[^Z]*)Z?$')
  if not year_a then
    return false
  end
  local sign_b, year_b, rest_b = string.match(b, '^([+-]?)(%d+)(-[^Z]*)Z?$')
  local number_a = tonumber(year_a) * (sign_a == '-' and -1 or 1)
  local number_b = tonumber(year_b) * (sign_b == '-' and -1 or 1)
  if number_a ~= number_b then
    return number_a > number_b
  end
  return rest_a > rest_b
end
