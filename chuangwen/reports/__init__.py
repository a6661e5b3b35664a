"""Numbers, tables and official documents that leave the system."""
