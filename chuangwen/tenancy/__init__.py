"""Tenants (a city or an independent district) and the one gate that keeps their rows apart."""
