// Runs once, when the panel is first shown. `element`, `trigger` and `watch` are Gradio's.
// Values never pass through here but as attributes: a place is a name that the server looks up.
const LINK = 'a[href^="#cite-"], a[href^="#near-"]';
const sheet = () => document.getElementById('sheet');
const box = () => document.querySelector('#box textarea');
const placeOf = (link) => link.getAttribute('href').slice(1);
const linksTo = (place) => [...document.querySelectorAll(`#chat a[href="#${place}"]`)];
const phone = matchMedia('(max-width: 820px)');
const still = matchMedia('(prefers-reduced-motion: reduce)');
let came = null; // what opened the source: leaving it gives the focus back
let entering = false; // whether the focus goes to the source when it comes

const light = (link) => {
  document.querySelectorAll('#chat a.active').forEach((other) => other.classList.remove('active'));
  if (link) link.classList.add('active');
};

// A reply that was drawn anew has other links than before, though to the same places.
const home = () => {
  if (came && came.isConnected) return came;
  const place = came && came.hash && came.hash.slice(1);
  return (place && linksTo(place).pop()) || box();
};

const leave = () => {
  const inside = sheet().contains(document.activeElement);
  const covering = phone.matches && sheet().classList.contains('open');
  sheet().classList.remove('open');
  if (inside || (covering && document.activeElement === document.body)) home().focus({ preventScroll: true });
};

// Show the lit sentence a third down the page, at once if it is far, and fill its mark.
const settle = () => {
  const source = element.querySelector('.source');
  if (!source) return light(null);
  const article = source.querySelector('article');
  const lit = source.querySelector('mark.on, [data-here]');
  const tab = source.querySelector('.tab[aria-pressed="true"]');
  if (tab) tab.parentElement.scrollLeft = tab.offsetLeft - tab.parentElement.clientWidth / 3;
  let top = 0;
  const frame = lit && lit.closest('.table');
  if (frame) { // the cell that answers, or the row, in the middle of its table
    const cell = (frame.querySelector('mark.on b') || lit).closest('th, td');
    frame.scrollTop = cell.offsetTop - frame.clientHeight / 2;
    frame.scrollLeft = cell.offsetLeft - frame.clientWidth / 2;
  }
  if (lit) {
    // A table is shown from its heads on, and what stands over it too where there is room.
    const goal = (frame || lit).getBoundingClientRect();
    const down = article.scrollTop + goal.top - article.getBoundingClientRect().top;
    const above = frame ? article.clientHeight - goal.height - 16 : article.clientHeight / 3;
    top = Math.max(0, down - Math.min(above, article.clientHeight / 3));
  }
  const far = Math.abs(top - article.scrollTop) > 2 * article.clientHeight;
  article.scrollTo({ top, behavior: still.matches || far ? 'instant' : 'smooth' });
  if (entering) article.focus({ preventScroll: true });
  entering = false;
  setTimeout(() => {
    const links = linksTo(source.dataset.place);
    light(links.includes(came) ? came : links.pop());
  }, 60);
};

const open = (from, place, places, byKeys) => {
  const shown = element.querySelector('.source:not(.every)');
  came = from;
  entering = byKeys || phone.matches;
  sheet().classList.add('open');
  if (shown && shown.dataset.place === place) requestAnimationFrame(settle); // nothing may change
  trigger('follow', { place, places });
};

const follow = (link, byKeys) => {
  const message = link.closest('.message') || link.parentElement;
  light(link);
  open(link, placeOf(link), [...message.querySelectorAll(LINK)].map(placeOf), byKeys);
};

const switchTo = (button) => {
  if (button.getAttribute('aria-disabled') === 'true') return;
  const places = [...element.querySelectorAll('.tab')].map((tab) => tab.dataset.place);
  const every = button.dataset.every !== undefined && button.getAttribute('aria-pressed') !== 'true';
  entering = Boolean(button.closest('article')); // which goes, and would take the focus along
  trigger('follow', { place: button.dataset.place, places, every });
};

document.addEventListener('click', (event) => {
  const at = (selector) => event.target.closest && event.target.closest(selector);
  const byKeys = event.detail === 0;
  const link = at(`#chat ${LINK.split(', ').join(', #chat ')}`);
  const button = at('#panel button[data-place]');
  const entry = at('#drawer [data-place]');
  if (link) {
    event.preventDefault();
    follow(link, byKeys);
  } else if (entry) open(entry, entry.dataset.place, [], byKeys);
  else if (button) switchTo(button);
  else if (at('#panel .close') || !at('#sheet')) leave();
});

const STEPS = { ArrowLeft: '.before', ArrowRight: '.after' };
element.addEventListener('keydown', (event) => {
  const step = STEPS[event.key] && element.querySelector(`.step${STEPS[event.key]}`);
  if (!step || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  switchTo(step);
});

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') leave();
});

watch('value', () => requestAnimationFrame(settle));
