"""Sending files out and taking them in."""
