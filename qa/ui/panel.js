// Runs once, when the panel is first shown. `element`, `trigger` and `watch` are Gradio's.
// Values never pass through here but as attributes: a place is a name that the server looks up.
const LINK = 'a[href^="#cite-"], a[href^="#near-"]';
const sheet = () => document.getElementById('sheet');
const placeOf = (link) => link.getAttribute('href').slice(1);
const phone = matchMedia('(max-width: 820px)');
const still = matchMedia('(prefers-reduced-motion: reduce)');
let came = null; // the mark that opened the sheet: closing gives the focus back to it

const light = (link) => {
  document.querySelectorAll('#chat a.active').forEach((other) => other.classList.remove('active'));
  if (link) link.classList.add('active');
};

const close = () => {
  if (!sheet().classList.contains('open')) return;
  sheet().classList.remove('open');
  if (phone.matches && came && came.isConnected) came.focus({ preventScroll: true });
};

const open = (from, place, places) => {
  came = from;
  sheet().classList.add('open');
  trigger('follow', { place, places });
};

const follow = (link) => {
  const message = link.closest('.message') || link.parentElement;
  light(link);
  open(link, placeOf(link), [...message.querySelectorAll(LINK)].map(placeOf));
};

const switchTo = (tab) => trigger('follow', {
  place: tab.dataset.place,
  places: [...element.querySelectorAll('.tab')].map((other) => other.dataset.place),
});

document.addEventListener('click', (event) => {
  const at = (selector) => event.target.closest && event.target.closest(selector);
  const link = at(`#chat ${LINK.split(', ').join(', #chat ')}`);
  const tab = at('#panel .tab');
  const entry = at('#drawer [data-place]');
  if (link) {
    event.preventDefault();
    follow(link);
  } else if (entry) open(entry, entry.dataset.place, []);
  else if (tab) switchTo(tab);
  else if (at('#panel .close') || !at('#sheet')) close();
});

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') close();
});

// A new source: show its lit sentence a third down the page, and fill the mark that leads to it.
watch('value', () => requestAnimationFrame(() => {
  const source = element.querySelector('.source');
  if (!source) return light(null);
  const article = source.querySelector('article');
  const lit = source.querySelector('mark.on, [data-here]');
  const tab = source.querySelector('.tab[aria-pressed="true"]');
  if (tab) tab.parentElement.scrollLeft = tab.offsetLeft - tab.parentElement.clientWidth / 3;
  if (lit) {
    const down = lit.getBoundingClientRect().top - article.getBoundingClientRect().top;
    const top = Math.max(0, article.scrollTop + down - article.clientHeight / 3);
    article.scrollTo({ top, behavior: still.matches ? 'auto' : 'smooth' });
  }
  if (phone.matches && sheet().classList.contains('open')) article.focus({ preventScroll: true });
  setTimeout(() => {
    const links = document.querySelectorAll(`#chat a[href="#${source.dataset.place}"]`);
    const current = [...links].includes(came) ? came : links[links.length - 1];
    light(current);
  }, 60);
}));
