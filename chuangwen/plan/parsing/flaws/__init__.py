"""Detectors of flaws in a text; each proposes a reading and leaves the decision to a person."""
