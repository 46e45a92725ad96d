"""Holds a language model's sentences to what they may rest on. Pure functions."""
