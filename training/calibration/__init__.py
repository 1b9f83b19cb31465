"""How the scores of a reader become probabilities, and how far they can be trusted."""
