// Runs in the head, before the page is there: what this browser stores of the conversations, by
// an id each. Of an answer it stores the key alone. A tab has a conversation and a secret token
// of its own, by which the server finds its session again after a reload.
window.conversations = (() => {
  const PREFIX = 'chapter-and-verse/';
  const MOST = 50; // conversations: the oldest goes first
  const random = () => [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const encode = (value) => btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(value))));
  const decode = (text) => JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0))));

  // A browser that stores nothing has a conversation until the page is left.
  const inTab = (name, value) => {
    try {
      if (value !== undefined) sessionStorage.setItem(PREFIX + name, value);
      return sessionStorage.getItem(PREFIX + name);
    } catch { return value === undefined ? null : value; }
  };
  const read = (id) => {
    try { return decode(localStorage.getItem(PREFIX + id)); } catch { return null; }
  };
  const write = (id, conversation) => {
    try { localStorage.setItem(PREFIX + id, encode(conversation)); } catch { /* full, or forbidden */ }
  };
  const remove = (id) => {
    try { localStorage.removeItem(PREFIX + id); } catch { /* forbidden */ }
  };

  let token = inTab('token') || random();
  let current = inTab('conversation') || random();
  const keep = () => { inTab('token', token); inTab('conversation', current); };
  const questions = () => (read(current) || { questions: [] }).questions;

  const list = () => {
    let names = [];
    try { names = Object.keys(localStorage); } catch { /* forbidden */ }
    return names.filter((name) => name.startsWith(PREFIX))
      .map((name) => ({ id: name.slice(PREFIX.length), ...read(name.slice(PREFIX.length)) }))
      .filter(({ questions: asked }) => Array.isArray(asked) && asked.length)
      .sort((one, other) => other.time - one.time);
  };

  // Holds the tab's conversation for as long as the tab is open; one that is a copy of another
  // tab, as browsers duplicate them, gets a copy of the conversation.
  const claim = () => new Promise((resolve) => {
    if (!navigator.locks) resolve(true); // of pages that do not come over HTTPS
    else navigator.locks.request(PREFIX + token, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock && new Promise(() => {});
    });
  });
  const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

  return {
    list,
    remove,
    get current() { return current; },
    async start() {
      // A page that is reloaded may come before the old one has gone.
      const mine = await claim() || await pause(400).then(claim);
      if (!mine) {
        const copied = read(current);
        [token, current] = [random(), random()];
        if (copied) write(current, copied);
        await claim();
      }
      keep();
      return { token, questions: questions() };
    },
    save(asked) {
      if (asked.length) write(current, { ...read(current), questions: asked, time: Date.now() });
      else remove(current);
      list().slice(MOST).forEach(({ id }) => remove(id));
    },
    open(id) {
      current = id || random();
      keep();
      return questions();
    },
    rename(id, name) {
      const conversation = read(id);
      if (conversation) write(id, { ...conversation, name });
    },
  };
})();
