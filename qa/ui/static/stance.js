// Runs once, when the control is first shown. `element`, `props`, `trigger` and
// `watch` are Gradio's.
// The value is what is chosen; it is empty until the library is open.
const again = () => element.querySelector('.again');

element.addEventListener('change', (event) => {
  props.value = event.target.value;
  again().hidden = !document.querySelector('#chat a[href^="#copy-"]');
});

element.addEventListener('click', (event) => {
  if (event.target !== again()) return;
  again().hidden = true;
  document.querySelector('#box textarea').focus(); // this button goes
  trigger('again', {});
});

watch('value', () => {
  element.querySelector('fieldset').disabled = !props.value;
  element.querySelectorAll('input').forEach((choice) => {
    choice.checked = choice.value === props.value;
  });
});
