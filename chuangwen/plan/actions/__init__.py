"""Writes of the plan room, one function each."""
