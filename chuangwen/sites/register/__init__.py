"""The register of sites as a spreadsheet: reading it, and comparing it with what is stored."""
