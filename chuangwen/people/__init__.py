"""Units (a dated tree), accounts, memberships, roles and permissions."""
