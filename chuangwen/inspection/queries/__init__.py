"""Reading: bundles for phones, records and flags for reviewers."""
