"""What the assistant can do in a turn; one module a skill, each a pure function to a reply."""
