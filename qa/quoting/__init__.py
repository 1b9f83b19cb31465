"""What an answer quotes: sentences compared, selected, ordered, and cited."""
