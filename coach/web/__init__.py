"""The app in a browser: a page on this machine, locked with a key."""
