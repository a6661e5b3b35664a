"""Pages about people: signing in, units, accounts."""
