"""What the page shows, as HTML and Markdown: no Gradio, and no state."""
