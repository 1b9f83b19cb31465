"""Languages as the program reads them: sentences, terms, dates, amounts, slips, questions."""
