"""What a review is made of: items in memory, typed fields, splitting, doubts; no permissions."""
