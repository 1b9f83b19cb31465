"""The deep reader of Chapter & Verse: its folder has a card, a tokenizer and weights."""
