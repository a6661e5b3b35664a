"""The page in which the phone's app runs, and what makes it installable."""
