"""Reads of the framework room; what a viewer may see comes first."""
