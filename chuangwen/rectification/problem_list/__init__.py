"""问题清单 as offices make them in a spreadsheet: found, read, and compared with what there is."""
