import { createHash } from 'node:crypto';

/** A Lua script and the name Redis knows it by. */
export interface Script {
  readonly text: string;
  readonly sha: string;
}

/*
 * What all scripts share. KEYS: stream, meta, marks.
 *
 * `last` is the counter of ids. A generation begins with the first append, and with the first one that another server
 * process sees (it may have lost entries that were acknowledged: a restart, a replica that lagged). Its first id is
 * taken from the clock, so ids go up whatever Redis has lost. `count`: held, bytes, evicted, cleared, held by level,
 * accepted by level. Numbers are doubles: an id is written with %.0f, because Lua's own form is 1.8e+15.
 */
const PRELUDE = `
local S, M, X = KEYS[1], KEYS[2], KEYS[3]
local HELD, BYTES, EVICTED, CLEARED, LEVELS = 1, 2, 3, 4, 6
local function text(number) return string.format('%.0f', number) end
local function numbers(list)
  local found = {}
  for number in string.gmatch(list, '%d+') do found[#found + 1] = tonumber(number) end
  return found
end

local kept = redis.call('HMGET', M, 'run', 'base', 'last', 'cleared', 'count')
local run, base, last = kept[1], tonumber(kept[2]), tonumber(kept[3])
local cleared = tonumber(kept[4]) or 0
local count = numbers(kept[5] or '')
local isNew = false

local function generation(server)
  local now = redis.call('TIME')
  base = math.max((last or 0) + 1, now[1] * 1000000 + now[2])
  last = base - 1
  run = server
  isNew = true
end

local function uncount(mark)
  count[HELD] = count[HELD] - mark[2]
  count[BYTES] = count[BYTES] - mark[3]
  for level = 1, LEVELS do count[4 + level] = count[4 + level] - mark[4 + level] end
end

local function hold(mark)
  count[HELD] = count[HELD] + mark[2]
  count[BYTES] = count[BYTES] + mark[3]
  for level = 1, LEVELS do
    count[4 + level] = count[4 + level] + mark[4 + level]
    count[10 + level] = count[10 + level] + mark[4 + level]
  end
end

local function forget()
  redis.call('UNLINK', S, X)
  count[EVICTED] = count[EVICTED] + count[HELD]
  count[HELD], count[BYTES] = 0, 0
  for level = 1, LEVELS do count[4 + level] = 0 end
end

local server = redis.pcall('INFO', 'server')
server = type(server) == 'string' and string.match(server, 'run_id:(%x+)') or ''
if #count ~= 16 then
  for at = 1, 16 do count[at] = 0 end
  for _, mark in ipairs(redis.call('LRANGE', X, 0, -1)) do hold(numbers(mark)) end
end
if not base or not last or (server ~= '' and server ~= run) then generation(server) end
if redis.call('EXISTS', S) == 0 then
  if count[HELD] > 0 then forget() end
elseif count[HELD] == 0 then
  redis.call('UNLINK', S, X)
end

local function save()
  local counts = {}
  for at = 1, 16 do counts[at] = text(count[at]) end
  redis.call('HSET', M, 'run', run, 'base', text(base), 'last', text(last), 'cleared', text(cleared),
    'count', table.concat(counts, ' '))
end

local function add(entries, bytes, levels, fields)
  local function write()
    return redis.pcall('XADD', S, '0-' .. text(last + entries), 'g', text(base), 'n', text(entries), 'v', levels, unpack(fields))
  end
  local added = write()
  if type(added) == 'table' and added.err and string.find(added.err, 'equal or smaller') then
    forget()
    generation(server)
    added = write()
  end
  if type(added) == 'table' and added.err then return added end
  last = last + entries
  local mark = text(last) .. ' ' .. text(entries) .. ' ' .. text(bytes) .. ' ' .. text(base) .. ' ' .. levels
  redis.call('RPUSH', X, mark)
  hold(numbers(mark))
end
`;

/** What a batch takes in Redis beside its JSON, as measured with batches of one entry. */
export const BATCH_BYTES = 150;

/*
 * Appends a batch. KEYS: also the writer's. ARGV: sequence number, entries, levels, lost before it, maxEntries, maxBytes,
 * JSON, instance. A batch that was sent before is recognised. Answers the generation and the id of the last entry.
 */
const APPEND = `${PRELUDE}
local W = KEYS[4]
local sent = numbers(redis.call('GET', W) or '')
if sent[1] and tonumber(ARGV[1]) <= sent[1] then return {text(sent[2]), text(sent[3])} end

local failed = add(tonumber(ARGV[2]), #ARGV[7] + ${BATCH_BYTES}, ARGV[3], {'i', ARGV[8], 'l', ARGV[4], 'd', ARGV[7]})
if failed then return failed end
local maxEntries, maxBytes, from = tonumber(ARGV[5]), tonumber(ARGV[6]), nil
while count[HELD] > maxEntries or count[BYTES] > maxBytes do
  local oldest = redis.call('LINDEX', X, 0)
  if not oldest then break end
  local mark = numbers(oldest)
  if mark[1] == last or (count[BYTES] <= maxBytes and count[HELD] - mark[2] < maxEntries) then break end
  redis.call('LPOP', X)
  uncount(mark)
  count[EVICTED] = count[EVICTED] + mark[2]
  from = mark[1] + 1
end
if from then redis.call('XTRIM', S, 'MINID', '=', '0-' .. text(from)) end
save()
redis.call('SET', W, ARGV[1] .. ' ' .. text(base) .. ' ' .. text(last), 'EX', 86400)
return {text(base), text(last)}
`;

/*
 * Clears. ARGV: upTo ('' the newest), its generation ('' any), what was cleared before as far as the caller knows, then of
 * the batch that upTo cuts in two (or nothing): its last id, and of what goes entries, bytes, levels; the entry that says
 * so, before and after the number, the event, and the instance. Answers unknown, again, or how many, upTo and the generation.
 */
const CLEAR = `${PRELUDE}
local upTo = ARGV[1] == '' and last or tonumber(ARGV[1])
local lowest = ARGV[2] == '' and base or base - 1
if upTo > last or (ARGV[1] ~= '' and upTo < lowest) or (ARGV[2] ~= '' and tonumber(ARGV[2]) ~= base) then
  if isNew then save() end
  return {'unknown'}
end
if ARGV[3] ~= text(cleared) then
  if isNew then save() end
  return {'again'}
end
local function dropped(mark)
  uncount(mark)
  return mark[2]
end
local gone = 0
if upTo == last then
  gone = count[HELD]
  if gone > 0 then
    redis.call('UNLINK', S, X)
    count[HELD], count[BYTES] = 0, 0
    for level = 1, LEVELS do count[4 + level] = 0 end
  end
else
  while true do
    local oldest = redis.call('LINDEX', X, 0)
    local mark = oldest and numbers(oldest)
    if not mark or mark[1] > upTo then
      if mark and ARGV[4] ~= '' and tonumber(ARGV[4]) == mark[1] then
        local part = numbers(ARGV[5])
        local rest = {text(mark[1]), text(mark[2] - part[2]), text(mark[3] - part[3]), text(mark[4])}
        for level = 1, LEVELS do rest[4 + level] = text(mark[4 + level] - part[4 + level]) end
        redis.call('LSET', X, 0, table.concat(rest, ' '))
        gone = gone + dropped(part)
      end
      break
    end
    redis.call('LPOP', X)
    gone = gone + dropped(mark)
  end
  if gone > 0 then redis.call('XTRIM', S, 'MINID', '=', '0-' .. text(upTo + 1)) end
end
if gone > 0 then
  cleared = upTo
  count[CLEARED] = count[CLEARED] + gone
  local entry = ARGV[6] .. text(gone) .. (gone == 1 and ' entry' or ' entries') .. ARGV[7]
  local failed = add(1, #entry + ${BATCH_BYTES}, '0 0 0 1 0 0', {'i', ARGV[9], 'l', '0', 'd', entry, 'c', text(upTo) .. ' ' .. ARGV[8]})
  if failed then return failed end
end
if gone > 0 or isNew then save() end
return {text(gone), text(upTo), text(base), text(last)}
`;

/*
 * Looks after the log: begins a generation where there is none or the server is another one, and where somebody else's
 * entry stands beyond the last id. KEYS: also the writers', those gone, what each says of itself, and the levels. ARGV: seconds all
 * keys live on, the writer ('': none), what it says ('': nothing), 1 where it leaves, milliseconds after which one that is
 * not heard of is gone ('': nobody is), milliseconds after which nobody asks for it any more. Answers how many write,
 * whether the writer was known, and what those said of themselves that are gone since now.
 */
const TEND = `${PRELUDE}
local newest = redis.call('XREVRANGE', S, '+', '-', 'COUNT', 1)[1]
if newest then
  local first, second = string.match(newest[1], '^(%d+)-(%d+)$')
  if first ~= '0' or tonumber(second) > last then
    forget()
    generation(server)
  end
end
if isNew then save() end
local I, G, H = KEYS[4], KEYS[5], KEYS[6]
local writer, said = ARGV[2], ARGV[3]
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local state, lost = 'known', {}
if writer ~= '' then
  if redis.call('ZREM', G, writer) == 1 then state = 'back'
  elseif not redis.call('ZSCORE', I, writer) then state = 'new' end
  if said ~= '' then redis.call('HSET', H, writer, said) end
  redis.call('ZREM', ARGV[4] == '1' and I or G, writer)
  redis.call('ZADD', ARGV[4] == '1' and G or I, text(now), writer)
end
if ARGV[5] ~= '' then
  local silent = redis.call('ZRANGEBYSCORE', I, '-inf', text(now - ARGV[5]), 'WITHSCORES')
  for at = 1, #silent, 2 do
    redis.call('ZREM', I, silent[at])
    redis.call('ZADD', G, silent[at + 1], silent[at])
    lost[#lost + 1] = redis.call('HGET', H, silent[at]) or ''
  end
end
for _, old in ipairs(redis.call('ZRANGEBYSCORE', G, '-inf', text(now - ARGV[6]))) do
  redis.call('ZREM', G, old)
  redis.call('HDEL', H, old)
end
for _, key in ipairs(KEYS) do redis.call('EXPIRE', key, ARGV[1]) end
return {redis.call('ZCARD', I), state, unpack(lost)}
`;

export const SCRIPTS = { append: script(APPEND), clear: script(CLEAR), tend: script(TEND) };

function script(text: string): Script {
  return { text, sha: createHash('sha1').update(text).digest('hex') };
}
