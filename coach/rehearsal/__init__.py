"""Rehearsing a hard conversation: scenarios, the counterpart, reading utterances, feedback."""
