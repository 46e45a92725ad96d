"""The app in the terminal: it renders events and calls the service, nothing else."""
