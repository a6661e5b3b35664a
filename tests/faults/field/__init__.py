"""Phones that send while servers are killed: nothing lost, nothing twice, every number right.

In CI by tests/faults/test_field.py; on demand:

    .venv/bin/python -m tests.faults.field --kills 1000 --database both
"""
