"""How much may be sent. The size of one file is a setting; see docs/configuration.md."""

from django.conf import settings

MOST_AT_ONCE = 20  # files at one row
MOST_WAITING = 100  # uploads of one account that are attached to nothing


def largest() -> int:
    """Return the limit of one file in bytes."""
    limit: int = settings.CHUANGWEN_UPLOAD_LIMIT
    return limit
