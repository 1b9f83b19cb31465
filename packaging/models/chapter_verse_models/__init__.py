"""The models of Chapter & Verse: each folder has a card, a tokenizer and weights."""
