"""What an administrator does to an installation: serve, back up, restore. No room imports this."""
