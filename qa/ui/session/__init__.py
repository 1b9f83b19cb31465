"""What lives longer than one event: the open library, a visitor's conversation and uploads."""
