"""Checklists as XLSForm, the format of ODK and KoboToolbox; our own come back exactly."""
