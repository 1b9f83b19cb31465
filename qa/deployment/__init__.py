"""The chat on Hugging Face Spaces: what a Space is made of, and how it gets there."""
