"""Writing the register: one function, one transaction, its events."""
