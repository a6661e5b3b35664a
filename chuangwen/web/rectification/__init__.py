"""Pages of the ledger of cases."""
