// Runs once, when the control is first shown. `element`, `props`, `trigger` and `watch` are
// Gradio's. The thumbs under an answer come as links; here they are made buttons. What this
// browser thinks of which answer it remembers itself: the server is told what, never who.
const NAMES = ['up', 'down', 'answer', 'source', 'abstain', 'known'];
const LINKS = NAMES.map((name) => `#chat a[href^="#${name}-"]`).join(', ');
const STORED = 'chapter-and-verse-verdicts';
const MOST = 200; // answers whose verdicts are remembered
const PATIENCE = 10000; // ms that the server may take to answer
const status = element.querySelector('[role="status"]');
let told = new Map(); // the verdicts that the server knows of, by the key of the answer
let sent = null; // what it is being told

try {
  told = new Map(JSON.parse(localStorage.getItem(STORED) || '[]'));
} catch { /* of browsers that keep nothing, and of what others left there */ }
const wanted = new Map(told);

const remember = (key, name) => {
  told.delete(key);
  if (name !== 'none') told.set(key, name);
  try {
    localStorage.setItem(STORED, JSON.stringify([...told].slice(-MOST)));
  } catch { /* then until the page is left */ }
};

const tell = (words) => {
  status.textContent = words;
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => { status.textContent = ''; }, 8000);
};

const of = (verdicts, key) => verdicts.get(key) || 'none';
const parts = (link) => link.getAttribute('href').slice(1).split('-');

const paint = () => document.querySelectorAll(LINKS).forEach((link) => {
  const [name, key] = parts(link);
  const verdict = of(wanted, key);
  const down = name === 'down' && !['up', 'none'].includes(verdict);
  link.setAttribute('role', 'button');
  link.setAttribute('aria-pressed', down || verdict === name);
  if (name === 'down') link.setAttribute('aria-expanded', down);
});

// One after the other, so that each says truly which verdict it replaces.
const send = () => {
  if (sent && Date.now() - sent.at < PATIENCE) return;
  const key = [...wanted.keys()].find((each) => of(wanted, each) !== of(told, each));
  sent = key ? { key, verdict: of(wanted, key), replaces: of(told, key), at: Date.now() } : null;
  if (sent) trigger('judge', { ...sent });
};

// A thumb that is pressed once more is taken back, and so is a reason, which leaves its thumb.
const judge = (link) => {
  const [name, key] = parts(link);
  const again = link.getAttribute('aria-pressed') === 'true';
  const less = NAMES.indexOf(name) < 2 ? 'none' : 'down';
  wanted.set(key, again ? less : name);
  paint();
  send();
};

document.addEventListener('click', (event) => {
  const link = event.target.closest && event.target.closest(LINKS);
  if (!link) return;
  event.preventDefault();
  judge(link);
});

document.addEventListener('keydown', (event) => {
  if (event.key !== ' ' || !event.target.matches || !event.target.matches(LINKS)) return;
  event.preventDefault();
  judge(event.target);
});

watch('value', () => {
  if (!props.value) return;
  const { kept, text } = JSON.parse(props.value);
  props.value = ''; // or the same once more would be no change
  if (sent && kept) remember(sent.key, sent.verdict);
  else if (sent) wanted.set(sent.key, of(told, sent.key));
  sent = null;
  paint();
  tell(text);
  send();
});

let due = false;
new MutationObserver(() => {
  if (due) return;
  due = true;
  requestAnimationFrame(() => { due = false; paint(); });
}).observe(document.body, { childList: true, subtree: true }); // the talk may not be there yet
paint();
