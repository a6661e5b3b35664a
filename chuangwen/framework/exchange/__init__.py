"""Frameworks as .xlsx and YAML files; both round trips are exact."""
