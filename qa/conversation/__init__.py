"""What stands between a talk and a single ask: what a turn means, and what it wants."""
