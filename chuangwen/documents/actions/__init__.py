"""Writing papers: one function does one thing."""
