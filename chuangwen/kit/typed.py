"""Numbers and days as people, and programs that call themselves browsers, send them."""

import datetime
import uuid

# A campaign lies well within; a day in the year 9999 is a slip of the hand, and calendar
# arithmetic beyond the last day of time would fail.
FIRST_YEAR, LAST_YEAR = 1900, 2200
LARGEST = 2**31 - 1  # as a column of whole numbers holds it


def whole_number(raw: str) -> int | None:
    """Read plain digits that fit a column; None for everything else."""
    if not (raw.isascii() and raw.isdigit() and len(raw) <= 10):
        return None
    number = int(raw)
    return number if number <= LARGEST else None


def day(raw: str) -> datetime.date:
    """Read a day in ISO form. Raises ValueError, also for one far outside any campaign."""
    found = datetime.date.fromisoformat(raw)
    if not is_near(found):
        raise ValueError(f"the year {found.year} is out of range")
    return found


def is_near(found: datetime.date) -> bool:
    """Tell whether a day lies in the years that we reckon with."""
    return FIRST_YEAR <= found.year <= LAST_YEAR


def identifier(raw: str) -> uuid.UUID | None:
    """Read an identifier; None for everything else."""
    try:
        return uuid.UUID(raw)
    except ValueError:
        return None
