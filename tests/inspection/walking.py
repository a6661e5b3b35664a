"""A round to walk, and what a phone would seal there; for tests, fault trials and benchmarks."""

import datetime
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from chuangwen.framework.enums import LineShape, PhotoRule
from chuangwen.framework.models import (
    CheckLine,
    Checklist,
    Framework,
    FrameworkVersion,
    LineGroup,
    Node,
    SiteType,
    Standard,
)
from chuangwen.inspection.drawn import add_drawn
from chuangwen.inspection.enums import RoundKind, RoundState
from chuangwen.inspection.models import Pair, PairMember, Round, RoundSite
from chuangwen.kit import clock
from chuangwen.kit.ids import new_id
from chuangwen.people.models import Account, Unit
from chuangwen.sites.models import Site
from tests.inspection.samples import SHAPES, sha

PLACE = ("101.7187300", "26.5873400")


@dataclass
class Walk:
    """A running round with one pair, its sites, and the lines of its one checklist."""

    round: Round
    pair: Pair
    checklist: Checklist
    lines: list[CheckLine]
    sites: list[RoundSite]
    account: Account


def make_walk(
    account: Account,
    *,
    sites: int = 3,
    lines: int = 7,
    mark: str = "",
    photo: PhotoRule = PhotoRule.ON_FAILURE,
) -> Walk:
    """Make a running round in the tenant in force in which the account walks alone."""
    framework = Framework.objects.create(name=f"测评体系{mark}", standing="local")
    version = FrameworkVersion.objects.create(framework=framework, number=1, label="2024年版")
    checklist, made = _checklist(version, lines, mark, photo)
    FrameworkVersion.objects.filter(pk=version.pk).update(
        state="published", published_at=clock.now()
    )
    within = Round.objects.create(
        number=Round.objects.count() + 1,
        name=f"第一次模拟测评{mark}",
        kind=RoundKind.MOCK,
        framework_version=version,
        starts_on="2024-05-01",
        ends_on="2024-05-31",
        state=RoundState.RUNNING,
        started_at=clock.now() - datetime.timedelta(hours=1),  # before what `sealed` says
    )
    pair = Pair.objects.create(round=within, number=1)
    PairMember.objects.create(round=within, pair=pair, account=account)
    drawn = _sites(pair, checklist, sites, mark)
    return Walk(within, pair, checklist, made, drawn, account)


def _checklist(
    version: FrameworkVersion, count: int, mark: str, photo: PhotoRule
) -> tuple[Checklist, list[CheckLine]]:
    node = None
    for level in (1, 2, 3):
        node = Node.objects.create(
            framework_version=version, parent=node, level=level, code=str(level), title="城市环境",
            position=1,
        )  # fmt: skip
    standard = Standard.objects.create(
        framework_version=version, node=node, code="1.1", text="环境干净整洁", position=1
    )
    kind = SiteType.objects.create(code=f"M{mark}", name=f"集贸市场{mark}", shape="point")
    checklist = Checklist.objects.create(
        framework_version=version, site_type=kind, pass_rule="score", pass_percent=80
    )
    group = LineGroup.objects.create(checklist=checklist, title="环境卫生", position=1)
    shapes = list(SHAPES)
    made = CheckLine.objects.bulk_create(
        CheckLine(
            checklist=checklist,
            group=group,
            code=f"{number + 1}",
            text=f"第 {number + 1} 项",
            shape=(shape := shapes[number % len(shapes)]),
            threshold=SHAPES[shape][0],
            unit="处",
            per="100" if shape == LineShape.DENSITY else None,
            per_unit="米" if shape == LineShape.DENSITY else "",
            category="环境卫生",
            days=3,
            photo=photo,
            standard=standard,
            position=number,
        )
        for number in range(count)
    )
    return checklist, made


def _sites(pair: Pair, checklist: Checklist, count: int, mark: str) -> list[RoundSite]:
    within = pair.round
    owner = Unit.objects.create(name=f"主管局{mark}", kind="government")
    area = Unit.objects.create(name=f"某街道{mark}", kind="street")
    sites = Site.objects.bulk_create(
        Site(
            code=f"S{mark}{number:06}",
            name=f"第 {number} 市场",
            site_type_id=checklist.site_type_id,
            area=area,
            address=f"学府路 {number} 号",
            longitude=PLACE[0],
            latitude=PLACE[1],
        )
        for number in range(count)
    )
    drawn = RoundSite.objects.bulk_create(
        RoundSite(
            round=within, site=site, pair=pair, position=position, checklist=checklist,
            site_type_id=checklist.site_type_id, unit=owner, area=area,
        )
        for position, site in enumerate(sites)
    )  # fmt: skip
    add_drawn(within, drawn, 1)
    return drawn


def sealed(
    walk: Walk,
    site: RoundSite | None,
    *,
    photos: Sequence[bytes] = (),
    failing: Sequence[int] = (),
    record_id: uuid.UUID | None = None,
    minutes_ago: int = 10,
    **changes: Any,
) -> tuple[uuid.UUID, bytes]:
    """Return what a phone seals at a site: all lines pass but those of the given places."""
    key = record_id or new_id()
    ended = clock.now() - datetime.timedelta(minutes=minutes_ago)
    started = ended - datetime.timedelta(minutes=15)
    met_at = changes.get("started_at", started.isoformat())
    content: dict[str, Any] = {
        "format": 2,
        "draft": False,
        "clock": {"offset_seconds": 0, "measured_at": met_at},
        "id": str(key),
        "round": str(walk.round.pk),
        "round_site": str(site.pk) if site else None,
        "checklist": str(walk.checklist.pk) if site else None,
        "device": "a1b2c3",
        "account": str(walk.account.pk),
        "started_at": started.isoformat(),
        "sealed_at": ended.isoformat(),
        "position": {"longitude": PLACE[0], "latitude": PLACE[1], "accuracy_metres": "8.0"},
        "place": "" if site else "滨江路口",
        "note": "" if site else "路面塌陷",
        "answers": [_answer(line, number in failing) for number, line in enumerate(walk.lines)]
        if site
        else [],
        "photos": [
            {
                "sha256": sha(photo),
                "size": len(photo),
                "line": str(walk.lines[0].pk) if site else None,
                "taken_at": ended.isoformat(),
                "longitude": PLACE[0],
                "latitude": PLACE[1],
            }
            for photo in photos
        ],
    }
    return key, json.dumps({**content, **changes}, ensure_ascii=False).encode()


def _answer(line: CheckLine, fails: bool) -> dict[str, Any]:
    return {
        "line": str(line.pk),
        "not_applicable": False,
        "values": SHAPES[line.shape][2 if fails else 1],
        "note": "",
    }
