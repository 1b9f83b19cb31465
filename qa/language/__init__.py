"""English as the program reads it: sentences, words, dates, amounts, and kinds of questions."""
