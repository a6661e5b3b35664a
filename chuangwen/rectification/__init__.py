"""整改: each problem is a case with an owner, a deadline, a check by another, and an end."""
