// Runs once, when the list is first shown. `element`, `trigger` and `watch` are Gradio's.
// The drawer stands beside the page, which stays in use; the list names what is chosen.
const drawer = () => document.getElementById('drawer');
const sheet = () => document.getElementById('sheet');
const door = () => document.querySelector('#selection .open');
const phone = matchMedia('(max-width: 820px)');
let chosen = new Set();
drawer().setAttribute('role', 'dialog');
drawer().setAttribute('aria-labelledby', 'drawer-name');

const show = (open) => {
  drawer().classList.toggle('shown', open);
  for (const covered of ['conversation', 'top']) document.getElementById(covered).inert = open && phone.matches;
  const goal = open ? drawer().querySelector('.shut') : door();
  goal.focus({ preventScroll: true });
};

const choose = (articles) => {
  chosen = new Set(articles);
  element.querySelectorAll('[type=checkbox]').forEach((box) => {
    box.checked = chosen.has(box.closest('[data-article]').dataset.article);
  });
  trigger('choose', { articles: [...chosen] });
};

element.addEventListener('change', (event) => {
  const { article } = event.target.closest('[data-article]').dataset;
  if (event.target.checked) chosen.add(article);
  else chosen.delete(article);
  trigger('choose', { articles: [...chosen] });
});

element.addEventListener('click', (event) => {
  const row = event.target.closest('.remove') && event.target.closest('[data-article]');
  if (row) {
    trigger('remove', { article: row.dataset.article });
    drawer().querySelector('#library-search textarea').focus(); // the row goes
  }
  if (!event.target.closest('.only')) return;
  const rows = event.target.closest('section').querySelectorAll('[data-article]');
  choose([...rows].map((each) => each.dataset.article));
});

document.addEventListener('click', (event) => {
  const at = (selector) => event.target.closest && event.target.closest(selector);
  if (at('#selection .open')) show(!drawer().classList.contains('shown'));
  else if (at('#drawer .shut')) show(false);
  else if (at('#selection .all')) {
    choose([]);
    document.querySelector('#box textarea').focus(); // this button goes
  }
});

// Before the panel hears of it: where the source lies over the drawer, it is what closes.
document.addEventListener('keydown', (event) => {
  const covered = phone.matches && sheet().classList.contains('open');
  if (event.key === 'Escape' && drawer().classList.contains('shown') && !covered) show(false);
}, true);

watch('value', () => {
  const list = element.querySelector('.list');
  chosen = new Set(list ? list.dataset.chosen.split(' ').filter(Boolean) : []);
});
