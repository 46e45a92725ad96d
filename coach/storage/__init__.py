"""The encrypted database: its key, its file, its tables, and what is kept in them."""
