"""What a reviewer should look at in a visit. Never changes a result. No queries."""

import datetime
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from chuangwen.framework.judging import SiteJudgement
from chuangwen.framework.models import CheckLine
from chuangwen.inspection.enums import FlagKind, VisitState
from chuangwen.inspection.models import Round, RoundSite
from chuangwen.inspection.sealed import Position, SealedRecord
from chuangwen.kit import clock
from chuangwen.sites.coordinates import metres_between
from chuangwen.sites.models import Site

NEAR_METRES = 300  # a school or a market is as wide, and phones in streets err by so much
CLOCK_TOLERANCE = datetime.timedelta(minutes=5)
SECONDS_A_LINE, LEAST_SECONDS = 2, 30
LONGEST_NAME = 40


@dataclass(frozen=True)
class Notable:
    """A flag to be."""

    kind: FlagKind
    detail: str


def distance_to(site: Site, position: Position | None) -> int | None:
    """Return metres between phone and site; None where one of them has no place."""
    metres = metres_between(site.point, position.point if position else None)
    return None if metres is None else round(metres)


def notable_in(
    sealed: SealedRecord,
    round_site: RoundSite | None,
    judgement: SiteJudgement | None,
    lines: Sequence[CheckLine],
    *,
    within: Round,
    state: VisitState,
    received_at: datetime.datetime,
    used_before: Collection[uuid.UUID],
) -> list[Notable]:
    """Return what strikes in a visit; `used_before` are photos that other visits have shown."""
    found = [*_about_place(sealed, round_site), *_about_time(sealed, within, received_at)]
    found += _about_photos(sealed, judgement, lines)
    if state == VisitState.EXTRA:
        found.append(Notable(FlagKind.TWO_VISITS, "这个点位已有一份测评计入，这一份保留不计。"))
    if state == VisitState.UNDECIDED:
        found.append(Notable(FlagKind.NOTHING_JUDGED, "各项都不适用或只作记录，点位仍是未测。"))
    if round_site is not None and sealed.checklist != round_site.checklist_id:
        found.append(Notable(FlagKind.OLD_CHECKLIST, "由审核人采用；所用测评表不是本轮的版本。"))
    if used_before:
        found.append(
            Notable(FlagKind.SAME_PHOTO, f"{len(used_before)} 张照片在以前的测评中已出现过。")
        )
    return found


def _about_place(sealed: SealedRecord, round_site: RoundSite | None) -> list[Notable]:
    if round_site is None or round_site.site.point is None:
        return []
    site = round_site.site
    # A street or a square is met anywhere along it; the phone may be off by its accuracy.
    accuracy = sealed.position.accuracy_metres if sealed.position else None
    allowed = NEAR_METRES + float(site.length_metres or 0) + float(accuracy or 0)
    found = [Notable(FlagKind.NO_POSITION, "封存时手机没有定位。")] if not sealed.position else []
    said = []
    if (distance := distance_to(site, sealed.position) or 0) > allowed:
        said.append(f"封存时离点位 {distance} 米")
    places = [distance_to(site, photo.position) or 0 for photo in sealed.photos]
    if far := [metres for metres in places if metres > allowed]:
        said.append(f"{len(far)} 张照片拍摄时离点位至多 {max(far)} 米")
    if said:
        found.append(Notable(FlagKind.FAR_AWAY, f"{'，'.join(said)}，容许 {allowed:.0f} 米。"))
    return found


def _about_photos(
    sealed: SealedRecord, judgement: SiteJudgement | None, lines: Sequence[CheckLine]
) -> list[Notable]:
    """Our app seals no such visit, but it comes by older ones, other programs and hands."""
    taken = {str(photo.line) for photo in sealed.photos}
    judged = judgement.lines if judgement else ()
    wanted = {line.rule.key for line in judged if line.needs_photo}
    lacking = [line for line in lines if str(line.pk) in wanted - taken]
    if not lacking:
        return []
    named = "、".join(f"{line.code} {line.text[:LONGEST_NAME]}" for line in lacking)
    return [Notable(FlagKind.NO_PHOTO, f"{len(lacking)} 项须拍照而没有照片：{named}。")]


def _about_time(
    sealed: SealedRecord, within: Round, received_at: datetime.datetime
) -> list[Notable]:
    said = [*_about_offset(sealed), *_about_moments(sealed, within, received_at)]
    found = [Notable(FlagKind.CLOCK_DRIFT, "".join(said))] if said else []
    taken = (sealed.sealed_at - sealed.started_at).total_seconds()
    expected = max(LEAST_SECONDS, SECONDS_A_LINE * len(sealed.answers))
    if sealed.answers and 0 <= taken < expected:
        found.append(Notable(FlagKind.VERY_QUICK, f"{len(sealed.answers)} 项用了 {taken:.0f} 秒。"))
    return found


def _about_offset(sealed: SealedRecord) -> list[str]:
    """What the phone has measured itself, when it last met the server."""
    if sealed.clock is None:
        return []
    said = []
    offset, measured_at = sealed.clock.offset, sealed.clock.measured_at
    if abs(offset) > CLOCK_TOLERANCE:
        when = f"{measured_at.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}"
        said.append(f"{sealed.clock.words}（手机时间 {when} 测得），问题的日期已按服务器时间换算。")
    if sealed.sealed_at < measured_at - CLOCK_TOLERANCE:
        said.append("封存时间早于手机最后一次与服务器对时，其间手机时间被调过。")
    return said


def _about_moments(
    sealed: SealedRecord, within: Round, received_at: datetime.datetime
) -> list[str]:
    moments = [sealed.sealed_at, *(photo.taken_at for photo in sealed.photos)]
    ahead = max(map(sealed.by_our_clock, moments)) - received_at
    name = "换算后的手机时间" if sealed.clock and sealed.clock.offset else "手机时间"
    if ahead > CLOCK_TOLERANCE:
        return [f"{name}比收到时间晚 {int(ahead.total_seconds() // 60)} 分钟。"]
    if sealed.by_our_clock(sealed.sealed_at) < within.begun_at - CLOCK_TOLERANCE:
        return ["封存时间早于轮次启动，手机时间慢了；问题的日期从启动之日算起。"]
    if sealed.sealed_at < sealed.started_at:
        return ["封存时间早于开始时间，其间手机时间被调过。"]
    if any(
        not sealed.started_at - CLOCK_TOLERANCE
        <= photo.taken_at
        <= sealed.sealed_at + CLOCK_TOLERANCE
        for photo in sealed.photos
    ):
        return ["有照片不是在开始和封存之间拍的。"]
    return []
