"""Writes of the rectification room."""
