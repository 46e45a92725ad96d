"""Pictures of a pair's time together, and the same in words."""
