// Runs once, when the menu is first shown. `element`, `props`, `trigger` and `watch` are
// Gradio's. The value is what is to be stored of the conversation that is shown.
const { conversations } = window;
const menu = () => element.querySelector('.menu');
const details = () => element.querySelector('details');
let cleared = []; // the questions of what was cleared last

const tag = (name, attributes, ...children) => {
  const made = Object.assign(document.createElement(name), attributes);
  made.append(...children); // as text: a question is no markup
  return made;
};

const titleOf = ({ name, questions }) => name || String(questions[0][0]);
const label = (form, title) => menu().dataset[form].replace('{title}', title);

const row = (conversation) => {
  const title = titleOf(conversation);
  const open = tag('button', { type: 'button', className: 'open', title, dir: 'auto' }, title);
  const rename = tag('button', { type: 'button', className: 'rename' }, '✎');
  const remove = tag('button', { type: 'button', className: 'remove' }, '×');
  rename.setAttribute('aria-label', label('rename', title));
  remove.setAttribute('aria-label', label('delete', title));
  if (conversation.id === conversations.current) open.setAttribute('aria-current', 'true');
  const line = tag('li', {}, open, rename, remove);
  line.dataset.id = conversation.id;
  return line;
};

const draw = () => {
  if (!menu()) return;
  const rows = conversations.list().map(row);
  menu().querySelector('ul').replaceChildren(...rows);
  menu().querySelector('.none').hidden = rows.length > 0;
};

const box = () => document.querySelector('#box textarea');

const show = (id) => {
  details().open = false;
  offer([]);
  trigger('open', { questions: conversations.open(id) });
  box().focus();
};

// What was cleared can be had back until something else is asked.
const offer = (questions) => {
  cleared = questions;
  element.querySelector('.undo').hidden = questions.length === 0;
};

const rename = (line) => {
  const name = line.querySelector('.open').textContent;
  const input = tag('input', { value: name, maxLength: 80 });
  input.setAttribute('aria-label', menu().dataset.name);
  const done = (changed) => {
    if (changed && input.value.trim()) conversations.rename(line.dataset.id, input.value.trim());
    draw();
    const again = menu().querySelector(`[data-id="${line.dataset.id}"] .rename`);
    if (again) again.focus();
  };
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault(); // or it would press the button that gets the focus
    event.stopPropagation();
    done(event.key === 'Enter');
  });
  line.querySelector('.open').replaceWith(input);
  input.focus();
  input.select();
};

element.addEventListener('click', (event) => {
  const at = (selector) => event.target.closest(selector);
  const line = at('li');
  if (at('.new')) show('');
  else if (at('.open')) show(line.dataset.id);
  else if (at('.rename')) rename(line);
  else if (at('.remove')) {
    const gone = line.dataset.id;
    conversations.remove(gone);
    if (gone === conversations.current) show('');
    draw();
  } else if (at('.undo')) {
    conversations.save(cleared);
    trigger('open', { questions: cleared });
    offer([]);
    box().focus(); // this button goes
  }
});

element.addEventListener('toggle', (event) => { if (event.target === details()) draw(); }, true);

const close = (event) => { if (details() && details().open && !element.contains(event.target)) details().open = false; };
document.addEventListener('click', close);
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || !details() || !details().open) return;
  details().open = false;
  element.querySelector('summary').focus();
});
window.addEventListener('storage', () => { if (details() && details().open) draw(); }); // of another tab

watch('value', () => {
  if (!props.value) return;
  const { questions, undo } = JSON.parse(props.value);
  props.value = ''; // or the same once more would be no change
  conversations.save(questions);
  offer(undo || []);
});
