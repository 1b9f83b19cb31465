// Runs in the head, before the page is there: it mends what Gradio leaves undone.
{
  const box = () => document.querySelector('#box textarea');
  const lost = () => document.activeElement === null || document.activeElement === document.body;

  // What is clicked here goes away, and would take the focus along.
  document.addEventListener('click', (event) => {
    const at = (selector) => event.target.closest && event.target.closest(selector);
    if (at('#chat :is(.example, .option, .top-panel button)') && box()) box().focus();
  }, true); // before it has gone

  // Nor does the box keep it, which is closed while a talk comes back.
  const mend = (changes) => {
    const opened = changes.some(({ target }) => target === box() && !target.disabled);
    if (opened && lost() && !matchMedia('(pointer: coarse)').matches) box().focus();
    // Its list of examples is a list of buttons, which no list may have.
    document.querySelectorAll('#chat .examples[role="list"]').forEach((list) => list.setAttribute('role', 'group'));
  };
  new MutationObserver(mend).observe(document, {
    subtree: true, childList: true, attributes: true, attributeFilter: ['disabled'],
  });
}
