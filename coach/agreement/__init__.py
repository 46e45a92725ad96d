"""What the two settle about how they work together: scripts to bring it up."""
