"""Good questions: reading what kind one is, and making those that fit this person today."""
