"""Official papers of the office: drafted, reviewed, signed, issued with a number, and frozen."""
