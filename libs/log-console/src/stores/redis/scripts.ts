import { createHash } from 'node:crypto';

/** A Lua script and the name Redis knows it by. */
export interface Script {
  readonly text: string;
  readonly sha: string;
}

/** Meta: so many numbers, of 8 bytes each. */
const LOG_BYTES = 19 * 8;

/*
 * What all scripts share. KEYS: stream, meta, marks.
 *
 * Meta is what `log` holds, and the server's run id: the first id of the generation, the last one given, the last one
 * cleared; how many are held, their bytes, how many were evicted, and cleared; held by level, accepted by level. A mark,
 * one per batch held: last id, entries, bytes, generation, levels. Both are packed doubles, which cost a third of numbers
 * written as text. An id is written with %.0f, because Lua's own form is 1.8e+15.
 *
 * A generation begins with the first append, and with the first look of an instance at another server process (it may
 * have lost entries that were acknowledged: a restart, a replica that lagged). Its first id is taken from the clock, so
 * ids go up whatever Redis has lost.
 */
const PRELUDE = `
local S, M, X = KEYS[1], KEYS[2], KEYS[3]
local BASE, LAST, UPTO, HELD, BYTES, EVICTED, CLEARED, LEVELS = 1, 2, 3, 4, 5, 6, 7, 6
local HELD_OF, ACCEPTED_OF, LEVEL_OF = 7, 13, 4
local LOG, MARK = '<ddddddddddddddddddd', '<dddddddddd'
local function text(number) return string.format('%.0f', number) end

local kept = redis.call('GET', M)
local isKept, isNew = kept and #kept >= ${LOG_BYTES}, false
local log = isKept and {struct.unpack(LOG, kept)} or {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}
local run = isKept and string.sub(kept, ${LOG_BYTES} + 1) or ''

local function serverRun()
  local said = redis.pcall('INFO', 'server')
  return type(said) == 'string' and string.match(said, 'run_id:(%x+)') or ''
end

local function generation(server)
  local now = redis.call('TIME')
  log[BASE] = math.max(log[LAST] + 1, now[1] * 1000000 + now[2])
  log[LAST] = log[BASE] - 1
  run, isNew = server, true
end

local function hold(mark)
  log[HELD] = log[HELD] + mark[2]
  log[BYTES] = log[BYTES] + mark[3]
  for level = 1, LEVELS do
    local entries = mark[LEVEL_OF + level]
    log[HELD_OF + level] = log[HELD_OF + level] + entries
    log[ACCEPTED_OF + level] = log[ACCEPTED_OF + level] + entries
  end
end

local function release(mark)
  log[HELD] = log[HELD] - mark[2]
  log[BYTES] = log[BYTES] - mark[3]
  for level = 1, LEVELS do log[HELD_OF + level] = log[HELD_OF + level] - mark[LEVEL_OF + level] end
end

local function empty()
  redis.call('UNLINK', S, X)
  log[HELD], log[BYTES] = 0, 0
  for level = 1, LEVELS do log[HELD_OF + level] = 0 end
end

local function forget()
  log[EVICTED] = log[EVICTED] + log[HELD]
  empty()
end

if not isKept then
  for _, mark in ipairs(redis.call('LRANGE', X, 0, -1)) do hold({struct.unpack(MARK, mark)}) end
  generation(serverRun())
end
if redis.call('EXISTS', S) == 0 then
  if log[HELD] > 0 then forget() end
elseif log[HELD] == 0 then
  redis.call('UNLINK', S, X)
end

local function save()
  redis.call('SET', M, struct.pack(LOG, unpack(log)) .. run, 'KEEPTTL')
end

local function add(entries, bytes, levels, fields)
  local function write()
    return redis.pcall('XADD', S, '0-' .. text(log[LAST] + entries), 'g', text(log[BASE]), unpack(fields))
  end
  local added = write()
  if type(added) == 'table' and added.err and string.find(added.err, 'equal or smaller') then
    forget()
    generation(run)
    added = write()
  end
  if type(added) == 'table' and added.err then return added end
  log[LAST] = log[LAST] + entries
  local mark = {log[LAST], entries, bytes, log[BASE], unpack(levels, 1, LEVELS)}
  redis.call('RPUSH', X, struct.pack(MARK, unpack(mark)))
  hold(mark)
end
`;

/** What a batch takes in Redis beside its JSON, as measured with batches of one entry. */
export const BATCH_BYTES = 150;

/*
 * Appends a batch. KEYS: also the writer's. ARGV: packed numbers (sequence number, entries, bytes, maxEntries, maxBytes,
 * the highest id this process was told, levels), how many entries there are and how many were lost before them, as text,
 * the instance, and the JSON in one piece or more. A batch that was sent before is recognised. Redis may have gone back
 * behind an id it gave, and must not give it again. Where it evicts, it evicts a 64th of the log. Answers, packed, the
 * generation and the id of the last entry.
 *
 * Half of its time goes to the JSON: Lua hashes every string it is given, byte by byte.
 */
const APPEND = `${PRELUDE}
local W = KEYS[4]
local told = {struct.unpack('<dddddddddddd', ARGV[1])}
local sequence, entries, maxEntries, maxBytes, known = told[1], told[2], told[4], told[5], told[6]
local sent = redis.call('GET', W)
if sent and sequence <= struct.unpack('<d', sent) then return string.sub(sent, 9) end
if known > log[LAST] then
  log[LAST] = known
  generation(run)
end

local fields = {'n', ARGV[2], 'l', ARGV[3], 'i', ARGV[4]}
for at = 5, #ARGV do
  fields[#fields + 1] = 'd'
  fields[#fields + 1] = ARGV[at]
end
local failed = add(entries, told[3] + ${BATCH_BYTES}, {unpack(told, 7, 12)}, fields)
if failed then return failed end
if log[HELD] > maxEntries or log[BYTES] > maxBytes then
  local from
  local fewEntries, fewBytes = maxEntries - math.floor(maxEntries / 64), maxBytes - math.floor(maxBytes / 64)
  while log[HELD] > fewEntries or log[BYTES] > fewBytes do
    local mark = {struct.unpack(MARK, redis.call('LINDEX', X, 0))}
    if mark[1] == log[LAST] or (log[BYTES] <= fewBytes and log[HELD] - mark[2] < fewEntries) then break end
    redis.call('LPOP', X)
    release(mark)
    log[EVICTED] = log[EVICTED] + mark[2]
    from = mark[1] + 1
  end
  if from then redis.call('XTRIM', S, 'MINID', '=', '0-' .. text(from)) end
end
save()
local place = struct.pack('<ddd', sequence, log[BASE], log[LAST])
if sent then redis.call('SET', W, place, 'KEEPTTL') else redis.call('SET', W, place, 'EX', '86400') end
return string.sub(place, 9)
`;

/** Not at each append: each connection begins with a look of its own, and INFO alone would make it half as dear again. */
const ANOTHER_SERVER = `
local server = serverRun()
if server ~= '' and server ~= run then generation(server) end
`;

/*
 * Clears. ARGV: upTo ('' the newest), its generation ('' any), what was cleared before as far as the caller knows, then of
 * the batch that upTo cuts in two (or nothing) its last id, and packed entries, bytes and levels of what goes; the entry
 * that says so, before and after the number, the event, and the instance. Answers unknown, again, or how many, upTo, the
 * generation and the id of that entry.
 */
const CLEAR = `${PRELUDE}${ANOTHER_SERVER}
local last = log[LAST]
local upTo = ARGV[1] == '' and last or tonumber(ARGV[1])
local lowest = ARGV[2] == '' and log[BASE] or log[BASE] - 1
local problem
if upTo > last or (ARGV[1] ~= '' and upTo < lowest) or (ARGV[2] ~= '' and tonumber(ARGV[2]) ~= log[BASE]) then
  problem = 'unknown'
elseif ARGV[3] ~= text(log[UPTO]) then
  problem = 'again'
end
if problem then
  if isNew then save() end
  return {problem}
end
local gone = 0
if upTo == last then
  gone = log[HELD]
  if gone > 0 then empty() end
else
  while true do
    local oldest = redis.call('LINDEX', X, 0)
    local mark = oldest and {struct.unpack(MARK, oldest)}
    if not mark or mark[1] > upTo then
      if mark and ARGV[4] ~= '' and tonumber(ARGV[4]) == mark[1] then
        local part = {struct.unpack(MARK, ARGV[5])}
        local rest = {mark[1], mark[2] - part[2], mark[3] - part[3], mark[4]}
        for level = 1, LEVELS do rest[LEVEL_OF + level] = mark[LEVEL_OF + level] - part[LEVEL_OF + level] end
        redis.call('LSET', X, 0, struct.pack(MARK, unpack(rest)))
        release(part)
        gone = gone + part[2]
      end
      break
    end
    redis.call('LPOP', X)
    release(mark)
    gone = gone + mark[2]
  end
  if gone > 0 then redis.call('XTRIM', S, 'MINID', '=', '0-' .. text(upTo + 1)) end
end
if gone > 0 then
  log[UPTO] = upTo
  log[CLEARED] = log[CLEARED] + gone
  local entry = ARGV[6] .. text(gone) .. (gone == 1 and ' entry' or ' entries') .. ARGV[7]
  local fields = {'n', '1', 'l', '0', 'i', ARGV[9], 'd', entry, 'c', text(upTo) .. ' ' .. ARGV[8]}
  local failed = add(1, #entry + ${BATCH_BYTES}, {0, 0, 0, 1, 0, 0}, fields)
  if failed then return failed end
end
if gone > 0 or isNew then save() end
return {text(gone), text(upTo), text(log[BASE]), text(log[LAST])}
`;

/*
 * Looks after the log: begins a generation where there is none or the server is another one, and where somebody else's
 * entry stands beyond the last id. KEYS: also the writers', those gone, what each says of itself, and the levels. ARGV: seconds all
 * keys live on, the writer ('': none), what it says ('': nothing), 1 where it leaves, milliseconds after which one that is
 * not heard of is gone ('': nobody is), milliseconds after which nobody asks for it any more. Answers how many write,
 * whether the writer was known, and what those said of themselves that are gone since now.
 */
const TEND = `${PRELUDE}${ANOTHER_SERVER}
if #redis.call('XRANGE', S, '(0-' .. text(log[LAST]), '+', 'COUNT', 1) > 0 then
  forget()
  generation(run)
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
