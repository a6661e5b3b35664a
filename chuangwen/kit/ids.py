"""Identifiers: UUIDv7, so that rows made together lie together in every index."""

import uuid

import uuid_utils.compat


def new_id() -> uuid.UUID:
    """Return a UUIDv7 (RFC 9562), a plain `uuid.UUID`."""
    return uuid_utils.compat.uuid7()
