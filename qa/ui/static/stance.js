// Runs once, when the control is first shown. `element`, `props` and `watch` are Gradio's.
// The value is what is chosen; it is empty until the library is open.
element.addEventListener('change', (event) => { props.value = event.target.value; });

watch('value', () => {
  element.querySelector('fieldset').disabled = !props.value;
  element.querySelectorAll('input').forEach((choice) => {
    choice.checked = choice.value === props.value;
  });
});
