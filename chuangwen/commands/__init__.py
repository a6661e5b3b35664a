"""Groups of the `chuangwen` command; each module has `register(commands)`."""
