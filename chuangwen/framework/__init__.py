"""测评体系 as versioned data; indicators with their references, values and verdicts."""
