// Before anything else, so that a token in the link does not stay in the address bar or the history.
const linkToken = takeTokenFromAddress();
/** Where the API is: beside the folder this script came from. The one thing to change in a copy. */
const api = new URL('../api/', import.meta.url);

const ROWS = 500;
const MS = { answer: 15_000, retry: 2000, poll: 1000, streamAgain: 60_000 };
/** The server pings every 1–2 s at first, then every 10 s: a longer silence means that a proxy holds it back. */
const SILENCE_MS = { atFirst: 3000, firstLasts: 6000, later: 25_000 };
const LEVELS = {
  fatal: 'Critical',
  error: 'Error',
  warn: 'Warning',
  log: 'Info',
  debug: 'Debug',
  verbose: 'Detail',
};
const GAPS = { evicted: 'too many arrived at once', cleared: 'somebody cleared the list' };
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const ui = Object.fromEntries([...document.querySelectorAll('[id]')].map((node) => [node.id, node]));

let connection = new window.AbortController();
let session, state, frame;
let place = `limit=${ROWS}`; // where reading goes on: with the newest lines, then after what has arrived
let seen = 0; // id of the last line put on screen
let arrived = []; // what puts on screen what arrived since
let waiting = 0; // how many lines of it
let paused = false;
let lastTop = 0;

// ---- The connection: stream, else poll

/** Whatever an earlier connection still does counts no more. */
async function connect() {
  connection.abort();
  connection = new window.AbortController();
  const { signal } = connection;
  if (document.hidden) return say('resting');
  for (;;) {
    try {
      session = await call('GET', 'session', { signal });
      await readStream(signal);
      await poll(signal); // this also tells why a stream was refused, which EventSource does not
    } catch ({ status }) {
      if (signal.aborted) return;
      const signedOut = ui.lines.childElementCount ? 'signin-ended' : 'signin';
      const refused = { 401: signedOut, 403: 'forbidden', 404: 'closed' }[status];
      say(refused ?? 'lost');
      if (refused) return;
      await sleep(MS.retry);
    }
  }
}

/** The JSON answer; throws an error with `status` when refused. */
async function call(method, path, { body, signal } = {}) {
  const signals = [signal, window.AbortSignal.timeout(MS.answer)].filter(Boolean);
  const answer = await fetch(new URL(path, api), {
    method,
    headers: { 'X-Log-Console': '1', ...(body && { 'Content-Type': 'application/json' }) },
    body: body && JSON.stringify(body),
    signal: window.AbortSignal.any(signals),
  });
  if (!answer.ok) throw Object.assign(new Error('Refused'), { status: answer.status });
  return answer.status === 204 ? undefined : answer.json();
}

/** Reads until the stream is refused or falls silent. After a cut the browser connects again by itself. */
function readStream(signal) {
  return new Promise((resolve) => {
    const source = new EventSource(new URL(`stream?${place}`, api));
    let silence, helloAt;
    const end = () => {
      source.close();
      resolve();
    };
    const endAfter = (ms) => {
      clearTimeout(silence);
      silence = setTimeout(end, ms);
    };
    const on = (type, handle) =>
      source.addEventListener(type, ({ data, lastEventId }) => {
        say('live');
        handle(JSON.parse(data));
        place = `after=${lastEventId}`;
        const isFirst = performance.now() - helloAt < SILENCE_MS.firstLasts;
        endAfter(isFirst ? SILENCE_MS.atFirst : SILENCE_MS.later);
      });
    on('hello', () => (helloAt = performance.now()));
    on('message', receive);
    on('cleared', (cleared) => hold(() => addCleared(cleared)));
    on('ping', () => {});
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) return end();
      say('lost');
      endAfter(MS.retry + SILENCE_MS.atFirst);
    };
    signal.onabort = end;
    endAfter(SILENCE_MS.atFirst);
  });
}

/** Asks every second, until it is time to try the stream again. */
async function poll(signal) {
  const until = performance.now() + MS.streamAgain;
  while (performance.now() < until) {
    const batch = await call('GET', `entries?${place}`, { signal });
    say('slow');
    receive(batch);
    place = `after=${batch.next}`;
    if (!batch.more) await sleep(MS.poll);
  }
}

// ---- Signing in and out, clearing

function takeTokenFromAddress() {
  const token = new window.URLSearchParams(location.hash.slice(1).replaceAll('+', '%2B')).get('token');
  if (token !== null) history.replaceState(null, '', location.pathname + location.search);
  return token;
}

async function signIn(token) {
  connection.abort();
  ui.token.value = token; // stays there to try again
  try {
    await call('POST', 'session', { body: { token } });
    ui.token.value = '';
    connect();
  } catch ({ status }) {
    const refused = { 400: 'signin-refused', 401: 'signin-refused', 429: 'signin-later' }[status];
    if (refused) say(refused);
    else connect();
  }
}

/** Removes something on the server, then does the rest; when that fails the page says so. */
async function remove(path, failed, andThen) {
  ui.problem.textContent = '';
  try {
    await call('DELETE', path);
    andThen();
  } catch ({ status }) {
    if (status === 401) connect();
    else ui.problem.textContent = `${failed}: the server refused, or did not answer. Try again.`;
  }
}

function askToClear() {
  const upTo = seen; // lines that arrive while the dialog is open stay
  const clear = () => remove(`entries?upTo=${upTo}`, 'The list was not cleared', () => removeRowsUpTo(upTo));
  ui.confirm.returnValue = ''; // some browsers keep the last answer on Esc
  ui.confirm.onclose = () => ui.confirm.returnValue === 'clear' && clear();
  ui.confirm.showModal();
}

// ---- From a batch to rows

function receive({ entries, gap }) {
  if (gap) hold(() => addGap(gap));
  for (const entry of entries) hold(() => addLine(entry));
  waiting += entries.length;
}

function hold(add) {
  arrived.push(add);
  if (arrived.length > ROWS) arrived.shift(); // it would not be on screen any more
  frame ??= window.requestAnimationFrame(draw);
}

function draw() {
  frame = undefined;
  if (!paused) {
    for (const add of arrived.splice(0)) add();
    waiting = 0;
    while (ui.lines.childElementCount > ROWS) ui.lines.firstElementChild.remove();
  }
  say(state);
}

function addLine({ id, time, level, context = '', message, stack, data, truncated }) {
  const row = ui.line.content.firstElementChild.cloneNode(true);
  const texts = [timeText(time), LEVELS[level], context, message];
  texts.forEach((text, column) => (row.children[column].textContent = visible(text)));
  Object.assign(row.dataset, { id, level });
  const cut = truncated && `Shortened from ${truncated.bytes.toLocaleString('en')} bytes.`;
  const more = [stack, data !== undefined && JSON.stringify(data, null, 2), cut].filter(Boolean).join('\n\n');
  row.querySelector('pre').textContent = visible(more);
  row.querySelector('details').hidden = !more;
  ui.lines.append(row);
  seen = id;
}

function addGap({ reason, missed, to }) {
  if (reason === 'cleared') removeRowsUpTo(to);
  if (missed === null) return addNotice('The server restarted. Lines from just before may be missing here.');
  const lines = missed === 1 ? '1 line is' : `${missed.toLocaleString('en')} lines are`;
  addNotice(`${lines} missing here: ${GAPS[reason] ?? 'the server no longer has them'}.`, to);
}

function addCleared({ upTo, by = 'The application', at }) {
  const id = Number(upTo.split('-').pop());
  removeRowsUpTo(id);
  addNotice(`${by} cleared the list at ${timeText(at).slice(0, 8)}.`, id + 1);
}

/** `id`: the line it stands for; the notice goes when that is cleared. */
function addNotice(text, id = seen) {
  const row = ui.notice.content.firstElementChild.cloneNode(true);
  row.textContent = visible(text);
  row.dataset.id = id;
  ui.lines.append(row);
}

function removeRowsUpTo(id) {
  while (Number(ui.lines.firstElementChild?.dataset.id) <= id) ui.lines.firstElementChild.remove();
}

/** 10:44:10.123 on the clock of the reader. */
function timeText(time) {
  return new Date(time).toTimeString().slice(0, 8) + time.slice(19, 23);
}

/** Makes characters visible that act instead of being seen: escape codes, text direction, zero width. */
function visible(text) {
  const mark = (character) => `\\u{${character.codePointAt(0).toString(16)}}`;
  return text.replace(/(?!\t|\r?\n|\u200d)[\p{Cc}\p{Cf}]/gu, mark);
}

// ---- The page around them

function say(name) {
  state = name;
  const isLive = name === 'live' || name === 'slow';
  const shown = paused && isLive ? 'paused' : name;
  // The same text put there again would be read out again.
  if (ui.status.dataset.shown !== shown) ui.status.replaceChildren(ui[shown].content.cloneNode(true));
  ui.status.dataset.shown = shown;
  ui.signIn.hidden = !name.startsWith('signin');
  ui.controls.hidden = !session || !ui.signIn.hidden;
  ui.user.textContent = ui.controls.hidden ? '' : visible(`${session.user.name} (${session.user.role})`);
  ui.pause.textContent = paused ? `Resume (${waiting.toLocaleString('en')} waiting)` : 'Pause';
  ui.clear.hidden = !session?.can.includes('clear');
  ui.clear.disabled = !seen || !isLive;
}

/**
 * The end of the list is where scrollTop is 0 (see #view in the style sheet): the browser keeps it in view there, and
 * keeps what is read in place elsewhere. Only a move down, to within a line of the end, joins it again.
 */
function onScroll() {
  if (ui.view.scrollTop > lastTop && ui.view.scrollTop > -20) ui.view.scrollTop = 0;
  lastTop = ui.view.scrollTop;
  ui.newest.hidden = lastTop > -1;
}

/** What somebody opens comes into view and stays there. */
function onToggle({ target }) {
  if (!target.open) return;
  target.scrollIntoView({ block: 'nearest' });
  ui.view.scrollTop = Math.min(ui.view.scrollTop, -1);
  lastTop = ui.view.scrollTop; // this was no move down
}

ui.view.onscroll = onScroll;
ui.newest.onclick = () => (ui.view.scrollTop = 0);
ui.lines.addEventListener('toggle', onToggle, true);
ui.pause.onclick = () => {
  paused = !paused;
  draw();
};
ui.clear.onclick = askToClear;
ui.signOut.onclick = () => remove('session', 'You are still signed in', () => location.reload());
ui.signIn.onsubmit = (event) => {
  event.preventDefault();
  signIn(ui.token.value.trim());
};
document.onvisibilitychange = () => ui.signIn.hidden && connect();
window.onhashchange = () => location.reload(); // a link with a token, opened in this tab

if (linkToken) signIn(linkToken);
else connect();
