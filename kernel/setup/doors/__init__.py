"""What the doors of the project do. Only Python's standard library: this runs before anything is installed."""
