"""What can go wrong in words a clerk can act on.

Rooms raise these; `web` and `api` turn them into pages and status codes. No room knows HTTP.
"""

from dataclasses import dataclass, field


class ChuangwenError(Exception):
    """Base of all errors that a person may see. `status` is what the boundary answers over HTTP."""

    status = 400

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotPermitted(ChuangwenError):
    """The viewer may see the object but not do this to it."""

    status = 403


class NotFound(ChuangwenError):
    """No such object for this viewer; foreign objects answer exactly as non-existent ones."""

    status = 404


class Gone(ChuangwenError):
    """The viewer may know that this was here; it has been removed, and the message says why."""

    status = 410


class StaleEdit(ChuangwenError):
    """Somebody changed the object since the viewer loaded it; `base_version` is out of date."""

    status = 409


class IllegalTransition(ChuangwenError):
    """The object is not in a state from which this step is possible."""

    status = 409


class TooOften(ChuangwenError):
    """It was tried too often in a short time; the message says how long to wait."""

    status = 429


class Invalid(ChuangwenError):
    """A value cannot be accepted. `field` names the form field, empty for the whole form."""

    status = 422

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Problem:
    """One bad place in an imported file: 第 12 行“责任单位”：what, value, what to do."""

    place: str
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.place}：{self.what}" + (f"{self.remedy}" if self.remedy else "")


@dataclass
class Problems:
    """Collects every bad row of an import, so that the clerk mends them all at once."""

    found: list[Problem] = field(default_factory=list)

    def add(self, place: str, what: str, remedy: str = "") -> None:
        """Note a problem and go on reading."""
        self.found.append(Problem(place, what, remedy))

    def raise_if_any(self) -> None:
        """Raise ImportRefused when anything was noted; nothing may have been written before."""
        if self.found:
            raise ImportRefused(self.found)


class ImportRefused(Invalid):
    """A file has bad rows; nothing was written. `problems` lists all of them."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"文件中有 {len(problems)} 处问题，没有写入任何内容。请改正后重新导入。")
        self.problems = problems
