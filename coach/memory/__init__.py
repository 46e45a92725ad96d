"""The memory of a pair: what was noticed, when it matters, what to come back to."""
