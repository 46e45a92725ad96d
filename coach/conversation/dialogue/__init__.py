"""Dialogue: what a conversation is in the middle of, and what a short answer means in it."""
