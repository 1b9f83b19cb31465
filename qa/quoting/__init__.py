"""Quoting: evidence is selected, compared, put in reading order, and cited."""
