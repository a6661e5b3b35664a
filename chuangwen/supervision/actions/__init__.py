"""Writes of the supervision room."""
