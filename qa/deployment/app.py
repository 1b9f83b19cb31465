"""The chat page, on a laptop (`python app.py`) and as a Hugging Face Space alike."""

from __future__ import annotations

import importlib
import os

from qa.ui import build_page

if os.environ.get("SPACES_ZERO_GPU"):  # which runs only apps that have work for a GPU
    importlib.import_module("spaces").GPU(duration=1)(lambda: None)

demo = build_page()

if __name__ == "__main__":
    demo.serve()
