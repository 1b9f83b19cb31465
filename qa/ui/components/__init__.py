"""The parts of the page: what each is made of in Gradio, and how its events are handled."""
