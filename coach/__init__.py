"""coach: a conversational coaching assistant for mentoring pairs, in the terminal."""

__version__ = "0.1.0"
