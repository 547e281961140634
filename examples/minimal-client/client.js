// Before anything else, so that a token in the link does not stay in the address bar or the history.
const linkToken = takeTokenFromAddress();
/** Where the API is: beside the folder this script came from. The one thing to change in a copy. */
const api = new URL('../api/', import.meta.url);

const LINES = { backlog: 200, onScreen: 500, waiting: 5000 };
// The server pings every 1–2 s at first, then every 10 s: a longer silence means that a proxy holds it back.
const MS = { retry: 2000, answer: 15_000, hello: 3000, early: 6000, quiet: 25_000, streamAgain: 60_000 };
const LEVELS = {
  fatal: 'Critical',
  error: 'Error',
  warn: 'Warning',
  log: 'Info',
  debug: 'Debug',
  verbose: 'Detail',
};
const GAPS = {
  evicted: 'too many arrived at once',
  restarted: 'the server restarted',
  cleared: 'somebody cleared the list',
  shipping: 'they were lost on the way to the shared list',
  paused: 'more arrived during the pause than this page keeps',
};
const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});
const number = new Intl.NumberFormat('en');
const ui = Object.fromEntries([...document.querySelectorAll('[id]')].map((node) => [node.id, node]));

let state, session, source, timer, frame;
let run = 0; // the number of the current connection
let cursor = ''; // everything up to here has arrived
let seen = ''; // cursor of the last line put on screen
let helloAt = 0;
let streamAgainAt = 0;
let waiting = []; // arrived, not on screen yet: { entry, epoch }, { gap } or { cleared }
let dropped = 0; // lines `waiting` had no room for; NaN when nobody knows how many
let paused = false;
let following = true;
let lastTop = 0;

// ---- The connection: stream, else poll

/** The JSON answer. Throws an error with `status` when refused, a SyntaxError when something else answers. */
async function call(method, path, body) {
  const headers = { 'X-Log-Console': '1', ...(body && { 'Content-Type': 'application/json' }) };
  const signal = window.AbortSignal.timeout(MS.answer);
  const answer = await fetch(new URL(path, api), {
    method,
    headers,
    signal,
    body: body && JSON.stringify(body),
  });
  if (!answer.ok) throw Object.assign(new Error('Refused'), { status: answer.status });
  return answer.status === 204 ? undefined : answer.json();
}

/** One question of the current connection: an answer that comes after `stop` changes nothing. */
async function ask(path, use) {
  const mine = run;
  try {
    const answer = await call('GET', path);
    if (mine === run) use(answer);
  } catch (error) {
    if (mine === run) fail(error);
  }
}

function stop() {
  run += 1;
  source?.close();
  clearTimeout(timer);
}

/** Asks who I am first: EventSource hides status codes, this tells 401, 403 and 404 apart. */
function connect(next = openStream) {
  stop();
  ask('session', (answer) => {
    if (welcome(answer)) next();
  });
}

function fail({ status, name }, retryMs = MS.retry) {
  stop();
  if (status === 401) return say(ui.lines.childElementCount ? 'signin-ended' : 'signin');
  if (status === 403) return say('forbidden');
  if (status === 404) return say('closed');
  say(name === 'SyntaxError' ? 'strange' : 'lost');
  timer = setTimeout(connect, retryMs);
}

function place() {
  return cursor ? `after=${encodeURIComponent(cursor)}` : `limit=${LINES.backlog}`;
}

function openStream() {
  stop();
  if (document.hidden) return say('resting');
  source = new EventSource(new URL(`stream?${place()}`, api));
  const handlers = {
    hello: () => say('live'),
    message: receive,
    cleared: (cleared) => hold({ cleared }),
    ping() {},
    bye,
  };
  for (const type in handlers) source.addEventListener(type, (event) => take(event, handlers[type]));
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED) return pollForNow();
    say('lost');
    giveUpAfter(MS.retry + MS.hello); // the browser connects again by itself, after 2 s
  };
  giveUpAfter(MS.hello);
}

function take(event, handle) {
  try {
    const data = JSON.parse(event.data);
    if (event.type === 'hello') helloAt = performance.now();
    giveUpAfter(performance.now() - helloAt < MS.early ? MS.hello : MS.quiet);
    handle(data);
    // The batch after a `hello` may say what is missing: until it is here, the old place holds.
    if (event.lastEventId && !(event.type === 'hello' && cursor)) cursor = event.lastEventId;
  } catch {
    pollForNow();
  }
}

function giveUpAfter(ms) {
  clearTimeout(timer);
  timer = setTimeout(pollForNow, ms);
}

function bye({ reason, retryMs }) {
  fail({ status: { 'signed-out': 401, forbidden: 403 }[reason] }, retryMs);
}

function pollForNow() {
  streamAgainAt = performance.now() + MS.streamAgain;
  connect(poll);
}

function poll() {
  ask(`entries?${place()}`, (batch) => {
    receive(batch);
    cursor = batch.next;
    say('slow');
    timer = setTimeout(performance.now() < streamAgainAt ? poll : openStream, batch.more ? 0 : MS.retry);
  });
}

// ---- Signing in and out, clearing

function takeTokenFromAddress() {
  const token = new window.URLSearchParams(location.hash.slice(1).replaceAll('+', '%2B')).get('token');
  if (token !== null) history.replaceState(null, '', location.pathname + location.search);
  return token;
}

async function signIn(token) {
  stop();
  ui.token.value = token; // stays there to try again
  try {
    if (!welcome(await call('POST', 'session', { token }))) return;
    ui.token.value = '';
    openStream();
  } catch (error) {
    const refusal = { 400: 'signin-refused', 401: 'signin-refused', 429: 'signin-later' }[error.status];
    if (refusal) say(refusal);
    else fail(error);
  }
}

function welcome(answer) {
  if (!answer?.user || !Array.isArray(answer.can)) throw new SyntaxError('Not a session');
  session = answer;
  ui.user.textContent = visible(`${session.user.name} (${session.user.role})`);
  if (!session.can.includes('read')) fail({ status: 403 });
  return session.can.includes('read');
}

async function signOut() {
  try {
    await call('DELETE', 'session');
    location.reload();
  } catch (error) {
    if (error.status === 401) fail(error);
    else ui.problem.textContent = 'You are still signed in: the server did not answer. Try again.';
  }
}

function askToClear() {
  const upTo = seen; // lines that arrive while the dialog is open stay
  ui.confirm.returnValue = ''; // Esc would repeat the answer of the last time
  ui.confirm.onclose = () => ui.confirm.returnValue === 'clear' && clearForEveryone(upTo);
  ui.confirm.showModal();
}

async function clearForEveryone(upTo) {
  try {
    await call('DELETE', `entries?upTo=${encodeURIComponent(upTo)}`);
    ui.problem.textContent = '';
    removeRowsUpTo(idOf(upTo));
  } catch (error) {
    const why = { 403: 'you are not allowed to', 409: 'the server restarted meanwhile' }[error.status];
    if (error.status === 401) fail(error);
    else ui.problem.textContent = `The list was not cleared: ${why ?? 'the server did not answer'}.`;
  }
}

// ---- From a batch to rows

function receive({ entries, epoch, gap }) {
  if (!Array.isArray(entries)) throw new SyntaxError('Not a batch');
  if (gap) hold({ gap });
  hold(...entries.map((entry) => ({ entry, epoch })));
}

function hold(...items) {
  waiting.push(...items);
  const surplus = paused ? waiting.splice(0, Math.max(0, waiting.length - LINES.waiting)) : [];
  for (const { entry, gap } of surplus) dropped += gap ? (gap.missed ?? NaN) : entry ? 1 : 0;
  frame ??= window.requestAnimationFrame(draw);
}

function togglePause() {
  paused = !paused;
  if (!paused && dropped !== 0) {
    // Just before the lines that fit on screen: at the head of all that waited it would be gone at once.
    waiting.splice(0, waiting.length - LINES.onScreen + 1, { gap: { reason: 'paused', missed: dropped } });
    dropped = 0;
  }
  draw();
  say(state);
}

function draw() {
  frame = undefined;
  if (!paused) {
    for (const item of waiting.splice(0).slice(-LINES.onScreen)) show(item);
    while (ui.lines.childElementCount > LINES.onScreen) ui.lines.firstElementChild.remove();
    if (following) follow(true);
  }
  describe();
}

function show({ entry, epoch, gap, cleared }) {
  if (entry) {
    seen = `${epoch}-${entry.id}`;
    ui.lines.append(lineRow(entry));
  } else if (gap) {
    if (gap.reason === 'cleared') removeRowsUpTo(gap.to);
    ui.lines.append(noticeRow(gapText(gap)));
  } else if (cleared) {
    removeRowsUpTo(idOf(cleared.upTo));
    ui.lines.append(noticeRow(`${cleared.by} cleared the list at ${timeText(cleared.at).slice(0, 8)}.`));
  }
}

function removeRowsUpTo(id) {
  while (Number(ui.lines.firstElementChild?.dataset.id) <= id) ui.lines.firstElementChild.remove();
}

function idOf(place) {
  return Number(String(place).split('-').pop());
}

function lineRow({ id, time, level, context = '', message, stack, data, truncated }) {
  const row = ui.line.content.firstElementChild.cloneNode(true);
  const texts = [timeText(time), LEVELS[level] ?? level, context, message];
  texts.forEach((text, column) => (row.children[column].textContent = visible(text)));
  Object.assign(row.dataset, { id, level });
  const cut = truncated && `Shortened from ${number.format(truncated.bytes)} bytes.`;
  const more = [stack, data !== undefined && JSON.stringify(data, null, 2), cut].filter(Boolean).join('\n\n');
  row.querySelector('pre').textContent = visible(more);
  row.querySelector('details').hidden = !more;
  return row;
}

function noticeRow(text) {
  const row = document.createElement('li');
  row.className = 'notice';
  row.textContent = visible(text);
  row.dataset.id = idOf(seen); // it goes when the lines before it are cleared
  return row;
}

function gapText({ reason, missed }) {
  const counted = missed === 1 ? '1 line is' : `${number.format(missed)} lines are`;
  const lines = Number.isFinite(missed) ? counted : 'An unknown number of lines is';
  return `${lines} missing here: ${GAPS[reason] ?? 'the server no longer has them'}.`;
}

/** 10:44:10.123 on the clock of the reader. */
function timeText(time) {
  return Number.isNaN(Date.parse(time)) ? '' : clock.format(Date.parse(time));
}

/** Makes characters visible that act instead of being seen: escape codes, text direction, zero width. */
function visible(text) {
  const mark = (character) => `\\u{${character.codePointAt(0).toString(16)}}`;
  return String(text).replace(/(?!\t|\r?\n|\u200d)[\p{Cc}\p{Cf}]/gu, mark);
}

// ---- The page around them

function say(name) {
  state = name;
  const shown = paused && isLive() ? 'paused' : name;
  if (ui.status.dataset.shown !== shown) ui.status.replaceChildren(ui[shown].content.cloneNode(true));
  ui.status.dataset.shown = shown; // the same text put there again would be read out again
  ui.signIn.hidden = !name.startsWith('signin');
  ui.controls.hidden = !session || !ui.signIn.hidden;
  ui.clear.hidden = !session?.can.includes('clear');
  describe();
}

function isLive() {
  return state === 'live' || state === 'slow';
}

function describe() {
  const lines = waiting.filter((item) => item.entry).length;
  ui.pause.textContent = paused ? `Resume (${number.format(lines)} waiting)` : 'Pause';
  ui.clear.disabled = !seen || !isLive();
}

function follow(yes) {
  following = yes;
  ui.newest.hidden = yes;
  if (yes) ui.lines.scrollTop = ui.lines.scrollHeight;
  lastTop = ui.lines.scrollTop;
}

/** Direction decides, not distance: up leaves the end at once, down joins it when it is reached. */
function onScroll() {
  const { scrollTop, scrollHeight, clientHeight } = ui.lines;
  const atEnd = scrollHeight - clientHeight - scrollTop < 2;
  if (scrollTop < lastTop && !atEnd) follow(false);
  if (scrollTop > lastTop && atEnd) follow(true);
  lastTop = scrollTop;
}

/** A smooth scroll starts with less than a pixel: without this, new lines would take it back at once. */
function onUpward({ deltaY, key }) {
  if (lastTop > 0 && (deltaY < 0 || ['ArrowUp', 'PageUp', 'Home'].includes(key))) follow(false);
}

function onVisibility() {
  if (!document.hidden) return connect();
  stop();
  if (ui.signIn.hidden) say('resting');
}

ui.lines.addEventListener('scroll', onScroll);
ui.lines.addEventListener('wheel', onUpward, { passive: true });
ui.lines.addEventListener('keydown', onUpward);
ui.lines.addEventListener('toggle', (event) => event.target.open && follow(false), true);
new window.ResizeObserver(() => following && follow(true)).observe(ui.lines);
ui.newest.addEventListener('click', () => follow(true));
ui.pause.addEventListener('click', togglePause);
ui.clear.addEventListener('click', askToClear);
ui.signOut.addEventListener('click', signOut);
ui.signIn.addEventListener('submit', (event) => {
  event.preventDefault();
  signIn(ui.token.value.trim());
});
document.addEventListener('visibilitychange', onVisibility);
window.addEventListener('hashchange', () => location.reload()); // a link with a token, opened in this tab

if (linkToken) signIn(linkToken);
else connect();
