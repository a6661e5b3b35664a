"""Writes of the people room, one function each."""
