// Runs once, when the control is first shown. `element`, `props`, `trigger` and `watch` are
// Gradio's. The server sends what is to be taken away as JSON; nothing of it is ever markup.
const LINKS = '#chat a[href^="#copy-"], #chat a[href^="?q="]';
const status = () => element.querySelector('[role="status"]');
let take; // what to do with the file that the server sends next

const tell = (name) => {
  status().textContent = status().dataset[name];
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => { status().textContent = ''; }, 4000);
};

// As plain text, and set as it is here for programs that take that.
const copy = async ({ text, html }) => {
  const flavours = { 'text/plain': text, ...(html && { 'text/html': html }) };
  const blobs = Object.entries(flavours).map(([type, data]) => [type, new Blob([data], { type })]);
  try {
    if (window.ClipboardItem) await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
    else await navigator.clipboard.writeText(text);
    tell('copied');
  } catch { // of old browsers, and of pages that do not come over HTTPS
    tell('refused');
  }
};

const download = ({ name, type, text }) => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
  tell('saved');
};

const ask = (use, sent) => {
  take = use;
  trigger('export', sent);
};

document.addEventListener('click', (event) => {
  const link = event.target.closest && event.target.closest(LINKS);
  if (!link) return;
  event.preventDefault();
  const to = link.getAttribute('href');
  if (to.startsWith('?')) copy({ text: new URL(to, location).href });
  else ask(copy, { form: 'copy', key: to.slice('#copy-'.length) });
});

element.addEventListener('click', (event) => {
  const { form } = event.target.dataset;
  if (form) ask(download, { form });
});

watch('value', () => {
  if (!props.value) return;
  const file = JSON.parse(props.value);
  props.value = ''; // or the same once more would be no change
  if (file.text) take(file);
  else tell('forgotten');
});
