"""The knowledge library: cards, the user's documents, their index, and search over them."""
