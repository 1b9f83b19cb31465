"""How the shipped reader was trained: rows, batches, steps, export."""
