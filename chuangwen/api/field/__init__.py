"""The addresses of field sync: docs/field-sync.md."""
