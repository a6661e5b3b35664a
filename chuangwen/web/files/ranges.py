"""Parts of a file, as RFC 9110 (14) asks for them. No Django."""

import re

ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)


class NotSatisfiable(Exception):
    """The range begins behind the end of the file."""


def wanted_range(header: str, size: int) -> tuple[int, int] | None:
    """Return first and last byte, or None for the whole: also for what we need not understand.

    Raises NotSatisfiable. Several ranges at once are answered with the whole file.
    """
    match = ONE_RANGE.fullmatch(header.strip())
    if match is None or match[1] == match[2] == "":
        return None
    if match[1] == "":
        length = min(int(match[2]), size)
        if length == 0:
            raise NotSatisfiable
        return size - length, size - 1
    first = int(match[1])
    last = min(int(match[2]), size - 1) if match[2] else size - 1
    if match[2] and int(match[2]) < first:
        return None
    if first >= size:
        raise NotSatisfiable
    return first, last
