"""Reading: rounds and their results, bundles for phones, records and flags for reviewers."""
