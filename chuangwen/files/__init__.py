"""Stored files: content addressed by SHA-256, never changed, attached to rows of rooms above."""
