"""Addresses for programs: JSON, the same rules as the pages."""
