"""The chat page, on a laptop (`python app.py`) and as a Hugging Face Space alike."""

from __future__ import annotations

from qa.ui import build_page

demo = build_page()

if __name__ == "__main__":
    demo.serve()
