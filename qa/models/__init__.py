"""The models that come with the program, and what runs them."""
