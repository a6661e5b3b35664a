"""Numbers as official documents write them (GB/T 9704-2012, 7.2.5 and 7.3.3)."""

LEVELS = (1, 2, 3, 4)


def heading_number(level: int, position: int) -> str:
    """Return 一、 （一） 1. or （1） for the `position`-th heading (from 1) of `level` 1 to 4."""
    if level == 1:
        return f"{_chinese(position)}、"
    if level == 2:
        return f"（{_chinese(position)}）"
    return f"{position}." if level == 3 else f"（{position}）"


def _chinese(number: int) -> str:
    import cn2an  # noqa: PLC0415 - half a second that only who writes a document should wait

    return str(cn2an.an2cn(number))


def document_number(mark: str, year: int, serial: int) -> str:
    """Return 东创文指〔2021〕6号: six-angle brackets, no 第, no leading zeros (7.2.5)."""
    return f"{mark}〔{year}〕{serial}号"


class HeadingCounter:
    """Counts headings; a heading of one level starts the levels below it again."""

    def __init__(self) -> None:
        self._counts = dict.fromkeys(LEVELS, 0)

    def next(self, level: int) -> str:
        """Count one heading of `level` and return its number."""
        self._counts[level] += 1
        for lower in LEVELS[level:]:
            self._counts[lower] = 0
        return heading_number(level, self._counts[level])
