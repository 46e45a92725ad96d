"""What the two settle about how they work together: topics, gaps, limits, scripts, sheets."""
