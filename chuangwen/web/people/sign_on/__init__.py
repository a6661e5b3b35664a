"""The city's own identity service: what is said to it, and what is believed of its answers."""
