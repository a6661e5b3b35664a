"""Reading what a phone has sealed (docs/field-sync.md): all of it is as promised, or none is used.

No database here. The bytes are kept whatever becomes of them; this only tells what they say.
"""

import datetime
import json
import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from chuangwen.sites.coordinates import Point, point_of

OLDER, FORMAT = 1, 2  # of before: without the phone's clock, never a draft
MOST_BYTES = 2 * 2**20
MOST_ANSWERS, MOST_PHOTOS, LONGEST_TEXT = 1000, 1000, 4000
# A phone's clock may be wrong by centuries; what it sealed counts, and pages show these years.
FIRST_YEAR, LAST_YEAR = 1900, 9000
HASH = re.compile(r"[0-9a-f]{64}")
LARGEST_OFFSET = 300 * 10**9  # seconds between the first and the last year
ROUND = re.compile(rb'"round"\s*:\s*"([0-9a-fA-F-]{36})"')
DEGREE = Decimal("0.0000001")
T = TypeVar("T")


class Unreadable(Exception):
    """The bytes are not a sealed record; the message says in Chinese what is wrong where."""


@dataclass(frozen=True)
class Position:
    """Where the phone was, in WGS-84 degrees."""

    longitude: Decimal
    latitude: Decimal
    accuracy_metres: Decimal | None = None

    @property
    def point(self) -> Point | None:
        """The place as distances are measured from it."""
        return point_of(self.longitude, self.latitude)


@dataclass(frozen=True)
class SealedAnswer:
    """What was recorded on one line."""

    line: uuid.UUID
    not_applicable: bool
    values: Mapping[str, object]
    note: str


@dataclass(frozen=True)
class SealedPhoto:
    """A photo of the manifest; `line` is None for one of the whole site."""

    sha256: str
    size: int
    line: uuid.UUID | None
    taken_at: datetime.datetime
    position: Position | None


@dataclass(frozen=True)
class ClockReading:
    """How far the phone's clock was from ours at its last contact: our time minus the phone's.

    `measured_at` is by the phone's own clock.
    """

    offset: datetime.timedelta
    measured_at: datetime.datetime

    @property
    def words(self) -> str:
        """How far the phone's clock is off: 手机时间比服务器慢 3 分钟."""
        minutes = int(abs(self.offset).total_seconds() // 60)
        if not minutes:
            return "手机时间与服务器相差不到 1 分钟"
        way = "慢" if self.offset > datetime.timedelta() else "快"
        return f"手机时间比服务器{way} {minutes} 分钟"


@dataclass(frozen=True)
class SealedRecord:
    """A sealed visit; or a draft, which a rescue file brings and which never counts.

    `clock` is None for phones that had not met the server yet, and in records of before.
    """

    id: uuid.UUID
    round: uuid.UUID
    round_site: uuid.UUID | None
    checklist: uuid.UUID | None
    device: str
    account: uuid.UUID
    started_at: datetime.datetime
    sealed_at: datetime.datetime
    position: Position | None
    place: str
    note: str
    answers: tuple[SealedAnswer, ...]
    photos: tuple[SealedPhoto, ...]
    clock: ClockReading | None = None
    is_draft: bool = False

    def by_our_clock(self, moment: datetime.datetime) -> datetime.datetime:
        """Return what our clock said at a moment of the phone, as far as its own tells."""
        try:
            found = moment + self.clock.offset if self.clock else moment
        except OverflowError:
            return moment
        return found if FIRST_YEAR <= found.year <= LAST_YEAR else moment

    @property
    def blobs(self) -> list[str]:
        """The photos that have to arrive, each once, in the order of the manifest."""
        return list(dict.fromkeys(photo.sha256 for photo in self.photos))


def read_sealed(content: bytes) -> SealedRecord:
    """Return what the bytes say. Raises Unreadable."""
    try:
        found = json.loads(content.decode(), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Unreadable("内容不是 UTF-8 的 JSON。") from error
    whole = _Reader(found, "记录")
    written = whole.get("format")
    if isinstance(written, bool) or written not in (OLDER, FORMAT):
        raise Unreadable(f"记录的格式不是第 {OLDER} 版或第 {FORMAT} 版。")
    is_older = written == OLDER
    record = SealedRecord(
        id=whole.key("id"),
        round=whole.key("round"),
        round_site=whole.maybe_key("round_site"),
        checklist=whole.maybe_key("checklist"),
        device=whole.text("device", 40, empty=False),
        account=whole.key("account"),
        started_at=whole.moment("started_at"),
        sealed_at=whole.moment("sealed_at"),
        position=whole.maybe("position", _position),
        place=whole.text("place", 200),
        note=whole.text("note", LONGEST_TEXT),
        answers=tuple(whole.several("answers", MOST_ANSWERS, _answer)),
        photos=tuple(whole.several("photos", MOST_PHOTOS, _photo)),
        clock=None if is_older else whole.maybe("clock", _clock),
        is_draft=False if is_older else whole.flag("draft"),
    )
    if not record.is_draft:  # a draft may lack anything
        _agree(record)
    return record


def round_named_in(content: bytes) -> uuid.UUID | None:
    """Return the round that sealed bytes name, also where nothing else of them can be read."""
    found = ROUND.search(content)
    try:
        return uuid.UUID(found[1].decode()) if found else None
    except ValueError:
        return None


def _agree(record: SealedRecord) -> None:
    if (record.round_site is None) != (record.checklist is None):
        raise Unreadable("点位和测评表须同时有或同时没有。")
    if record.round_site is None and (record.answers or not record.place.strip()):
        raise Unreadable("点位之外的发现须写明地点，且没有测评项。")
    if record.round_site is None and not (record.note.strip() or record.photos):
        raise Unreadable("点位之外的发现须有说明或照片。")
    if record.round_site is None and any(photo.line is not None for photo in record.photos):
        raise Unreadable("点位之外的发现没有测评项，照片不能属于测评项。")
    sizes: dict[str, int] = {}
    if any(sizes.setdefault(one.sha256, one.size) != one.size for one in record.photos):
        raise Unreadable("同一张照片写了不同的大小。")


def _answer(read: "_Reader") -> SealedAnswer:
    values = read.get("values")
    if not isinstance(values, dict) or len(values) > 10:
        raise Unreadable(f"{read.place}的“values”不对。")
    refused = read.flag("not_applicable")
    for value in values.values():
        if not isinstance(value, str) or len(value) > 40:
            raise Unreadable(f"{read.place}的观察值须写成字符串。")
    if not all(_can_be_kept(text) for text in (*values, *values.values())):
        raise Unreadable(f"{read.place}的“values”含有不能保存的字符。")
    return SealedAnswer(read.key("line"), refused, values, read.text("note", LONGEST_TEXT))


def _photo(read: "_Reader") -> SealedPhoto:
    sha256, size = read.get("sha256"), read.get("size")
    if not isinstance(sha256, str) or not HASH.fullmatch(sha256):
        raise Unreadable(f"{read.place}的“sha256”不对。")
    if isinstance(size, bool) or not isinstance(size, int) or not 0 < size < 2**40:
        raise Unreadable(f"{read.place}的“size”不对。")
    both = (read.get("longitude"), read.get("latitude"))
    position = None if both == (None, None) else _position(read)
    return SealedPhoto(sha256, size, read.maybe_key("line"), read.moment("taken_at"), position)


def _clock(read: "_Reader") -> ClockReading:
    seconds = read.get("offset_seconds")
    if isinstance(seconds, bool) or not isinstance(seconds, int) or abs(seconds) > LARGEST_OFFSET:
        raise Unreadable(f"{read.place}的“offset_seconds”须是整数秒。")
    return ClockReading(datetime.timedelta(seconds=seconds), read.moment("measured_at"))


def _position(read: "_Reader") -> Position:
    accuracy = None
    if read.found.get("accuracy_metres") is not None:
        accuracy = read.decimal("accuracy_metres", 0, 9_999_999).quantize(Decimal("0.1"))
    return Position(
        read.decimal("longitude", -180, 180).quantize(DEGREE),
        read.decimal("latitude", -90, 90).quantize(DEGREE),
        accuracy,
    )


class _Reader:
    """An object of the JSON, and where it stands."""

    def __init__(self, found: Any, place: str) -> None:
        if not isinstance(found, dict):
            raise Unreadable(f"{place}不是一组名称和值。")
        self.found, self.place = found, place

    def get(self, name: str) -> Any:
        if name not in self.found:
            raise Unreadable(f"{self.place}缺少“{name}”。")
        return self.found[name]

    def text(self, name: str, most: int, *, empty: bool = True) -> str:
        value = self.get(name)
        if not isinstance(value, str) or len(value) > most or (not empty and not value.strip()):
            raise Unreadable(f"{self.place}的“{name}”须是至多 {most} 字的文字。")
        if not _can_be_kept(value):
            raise Unreadable(f"{self.place}的“{name}”含有不能保存的字符。")
        return value

    def flag(self, name: str) -> bool:
        value = self.get(name)
        if not isinstance(value, bool):
            raise Unreadable(f"{self.place}的“{name}”须是真或假。")
        return value

    def key(self, name: str) -> uuid.UUID:
        value = self.get(name)
        try:
            return uuid.UUID(value)
        except (ValueError, AttributeError, TypeError) as error:
            raise Unreadable(f"{self.place}的“{name}”不是编号。") from error

    def maybe_key(self, name: str) -> uuid.UUID | None:
        return None if self.get(name) is None else self.key(name)

    def moment(self, name: str) -> datetime.datetime:
        value = self.get(name)
        try:
            found = datetime.datetime.fromisoformat(value)
            if found.tzinfo is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
                raise ValueError(value)
            return found.astimezone(datetime.UTC)
        except (ValueError, TypeError, OverflowError) as error:
            raise Unreadable(f"{self.place}的“{name}”不是带时区的时间。") from error

    def decimal(self, name: str, least: int, most: int) -> Decimal:
        value = self.get(name)
        try:
            if not isinstance(value, str) or len(value) > 40:
                raise ValueError(value)
            number = Decimal(value)
            if not number.is_finite() or not least <= number <= most:
                raise ValueError(value)
        except (ValueError, InvalidOperation) as error:
            raise Unreadable(
                f"{self.place}的“{name}”须是 {least} 到 {most} 之间、写成字符串的数。"
            ) from error
        return number

    def maybe(self, name: str, read: Callable[["_Reader"], T]) -> T | None:
        value = self.get(name)
        return None if value is None else read(_Reader(value, f"{self.place}的“{name}”"))

    def several(self, name: str, most: int, read: Callable[["_Reader"], T]) -> list[T]:
        value = self.get(name)
        if not isinstance(value, list) or len(value) > most:
            raise Unreadable(f"{self.place}的“{name}”须是至多 {most} 项的列表。")
        return [
            read(_Reader(one, f"“{name}”第 {number} 项")) for number, one in enumerate(value, 1)
        ]


def _can_be_kept(text: str) -> bool:
    if "\0" in text:  # which PostgreSQL does not hold
        return False
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a pair, which JSON can write and no file can hold
        return False
    return True


def _no_number(name: str) -> Any:
    raise ValueError(name)
