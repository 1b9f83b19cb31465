// Runs in the head, before the page is there: it mends what Gradio leaves undone.
{
  const box = () => document.querySelector('#box textarea');
  const lost = () => document.activeElement === null || document.activeElement === document.body;

  const asked = () => [...document.querySelectorAll('#chat [data-testid=user]')].map((each) => each.innerText.trim());
  let recalled = 0; // how many questions back the box has gone

  // Gradio's box reads what was typed from its own `input` event.
  const type = (text) => {
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set.call(box(), text);
    box().dispatchEvent(new Event('input', { bubbles: true }));
    box().setSelectionRange(text.length, text.length);
  };

  // The arrow up brings back what was asked before, to be changed or asked again.
  document.addEventListener('keydown', (event) => {
    if (event.target !== box() || event.isComposing) return;
    const way = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    const before = asked().reverse();
    const untouched = box().value === '' || box().value === before[recalled - 1];
    if (!way || !untouched || event.shiftKey || event.altKey) {
      if (event.key === 'Enter') recalled = 0;
      return;
    }
    if (box().value === '') recalled = 0;
    const goal = recalled + way;
    if (goal < 0 || goal > before.length) return;
    event.preventDefault();
    recalled = goal;
    type(goal ? before[goal - 1] : '');
  });

  // That a question is on its way is said at once, however slow the line.
  const send = () => {
    const chat = document.getElementById('chat');
    if (chat && box().value.trim()) chat.classList.add('asking');
  };
  document.addEventListener('keydown', (event) => {
    if (event.target === box() && event.key === 'Enter' && !event.shiftKey && !event.isComposing) send();
  }, true);
  document.addEventListener('click', (event) => {
    if (event.target.closest && event.target.closest('#box button')) send();
  }, true);

  // What is clicked here goes away, and would take the focus along.
  document.addEventListener('click', (event) => {
    const at = (selector) => event.target.closest && event.target.closest(selector);
    if (at('#chat :is(.example, .option, .top-panel button)') && box()) box().focus();
  }, true); // before it has gone

  // On a phone the source and the library lie over the talk: the way back closes them first.
  const phone = matchMedia('(max-width: 820px)');
  let deep = 0; // how many of them the history of the browser knows
  let leaving = 0; // how many steps back are our own
  const sheets = () => document.querySelectorAll('#sheet.open, #drawer.shown').length;
  const step = () => {
    const open = phone.matches ? sheets() : 0;
    for (; deep < open; deep += 1) history.pushState({ sheet: deep + 1 }, '');
    if (deep > open) {
      leaving += 1;
      history.go(open - deep);
      deep = open;
    }
  };
  window.addEventListener('popstate', () => {
    if (leaving > 0) leaving -= 1;
    else if (deep > 0) {
      deep -= 1;
      document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    }
  });

  // Nor does the box keep it, which is closed while a talk comes back.
  const mend = (changes) => {
    step();
    const chat = document.getElementById('chat');
    if (chat && changes.some(({ addedNodes, target }) => addedNodes.length && chat.contains(target))) chat.classList.remove('asking');
    const opened = changes.some(({ target }) => target === box() && !target.disabled);
    if (opened && lost() && !matchMedia('(pointer: coarse)').matches) box().focus();
    // Its list of examples is a list of buttons, which no list may have.
    document.querySelectorAll('#chat .examples[role="list"]').forEach((list) => list.setAttribute('role', 'group'));
  };
  new MutationObserver(mend).observe(document, {
    subtree: true, childList: true, attributes: true, attributeFilter: ['disabled', 'class'],
  });
}
