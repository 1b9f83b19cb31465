"""The server beside the page: health, numbers, a journal of questions, limits, a login."""
