"""The register of units as a spreadsheet: reading it, and comparing it with what is stored."""
