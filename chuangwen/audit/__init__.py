"""Append-only log of every change, chained by hash per tenant.

`record()` is the only way in; `verify()` finds an edited, deleted, inserted, swapped or cut row.
"""
