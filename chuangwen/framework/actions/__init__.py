"""Writes of the framework room, one function each."""
