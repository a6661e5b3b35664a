"""Readers that turn an uploaded file into plain text with tables."""
