"""Helpers without models that every room may use: errors, clock, calendar, workflow, settings."""
