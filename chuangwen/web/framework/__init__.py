"""Pages of the framework room: versions of the 测评体系, indicators and their values."""
