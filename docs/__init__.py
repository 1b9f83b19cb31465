"""Pictures of the program, and the command that takes them."""
