"""A chat model words what the built-in engine has planned; what it says is checked."""
