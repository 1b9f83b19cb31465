"""Twelve files with a table each, and the questions that their cells answer."""
