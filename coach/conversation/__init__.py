"""One turn of a conversation: understand, retrieve, plan, word, record."""
