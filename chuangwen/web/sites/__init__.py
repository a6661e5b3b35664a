"""Pages of the register of sites."""
