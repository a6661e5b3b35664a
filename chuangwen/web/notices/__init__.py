"""Pages of notices, reminders and their settings."""
