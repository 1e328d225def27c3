-- KEYS: the mark. ARGV: a time. Sets the mark to the time unless it is later already.
if not is_later(redis.call('GET', KEYS[1]), ARGV[1]) then
  redis.call('SET', KEYS[1], ARGV[1])
end
return 1
