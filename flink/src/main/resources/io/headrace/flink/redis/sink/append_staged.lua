-- Does what is staged, once.
-- KEYS: the staged hash; the mark, which holds the number of the last staged hash of this writer that was appended;
--       then for each staged field, in order, the key that its commands change.
-- ARGV: the number of the staged hash, how many fields it was promised to have, how long the mark lives in milliseconds.
-- Returns 'APPENDED', 'ALREADY' if that was done before, 'MISSING' if the fields are not all there.
-- An error of Redis ends with which field it was, and which command: 'WRONGTYPE … #2 RPUSH'.
local staged, mark = KEYS[1], KEYS[2]
local number, fields = tonumber(ARGV[1]), tonumber(ARGV[2])
local last = tonumber(redis.call('GET', mark) or 0)
if number <= last then
  redis.call('UNLINK', staged)
  return 'ALREADY'
end
if #KEYS - 2 ~= fields then
  return 'MISSING'
end
local packed = {}
for i = 1, fields do
  packed[i] = redis.call('HGET', staged, i .. ':' .. KEYS[i + 2])
  if not packed[i] then
    return 'MISSING'
  end
end
-- A script that fails is not rolled back. So what may fail besides the commands is tried before them, and how many of
-- them were done is kept, so that the next attempt goes on there.
local lives = ARGV[3]
redis.call('SET', mark, last, 'PX', lives)
local done = tonumber(redis.call('HGET', staged, 'done') or 0)
local command_number = 0
for i = 1, fields do
  for _, command in ipairs(cmsgpack.unpack(packed[i])) do
    command_number = command_number + 1
    if command_number > done then
      local reply = redis.pcall(command[1], KEYS[i + 2], unpack(command, 2))
      if type(reply) == 'table' and reply.err then
        if command_number > 1 then
          redis.call('HSET', staged, 'done', command_number - 1)
        end
        return redis.error_reply(reply.err .. ' #' .. i .. ' ' .. command[1])
      end
    end
  end
end
redis.call('SET', mark, number, 'PX', lives)
redis.call('UNLINK', staged)
return 'APPENDED'
