"""What the two districts hold of inspection: a round of every state with visits and findings."""

import datetime
import hashlib
from typing import TYPE_CHECKING

from chuangwen.files.models import StoredFile
from chuangwen.framework.models import (
    CheckLine,
    Checklist,
    Framework,
    FrameworkVersion,
    LineGroup,
    SiteType,
)
from chuangwen.inspection.models import (
    Answer,
    FieldRecord,
    Finding,
    Pair,
    PairMember,
    ResultTally,
    Round,
    RoundSite,
    Visit,
    VisitFlag,
    VisitPhoto,
)
from chuangwen.kit import clock
from chuangwen.people.models import Account
from chuangwen.sites.models import Site

if TYPE_CHECKING:
    from .world import District

# Relation -> state, blind, whose sites.
ROUNDS = {
    "draft": ("draft", False, ("own",)),
    "running": ("running", False, ("own", "child", "sibling")),
    "blind": ("running", True, ("own",)),
    "sibling": ("running", False, ("sibling",)),
    "closed": ("closed", False, ("own",)),
}


def add_rounds(district: "District") -> None:
    """Make them with their sites; visits where a round has been started."""
    version, checklist, line = _framework(district)
    walker = Account.objects.get(username=f"person-{district.mark}")
    for number, (relation, (state, blind, units)) in enumerate(ROUNDS.items(), start=101):
        within = Round.objects.create(
            number=number,
            name=f"{district.mark}区{relation}轮次",
            kind="mock",
            framework_version=version,
            starts_on="2021-09-10",
            ends_on="2021-09-30",
            is_blind=blind,
            second_percent=10,
        )
        district.add("round", relation, pk=within.pk)
        pair = Pair.objects.create(round=within, number=1)
        PairMember.objects.create(round=within, pair=pair, account=walker)
        for unit in units:
            visit = _visited(district, within, pair, checklist, line, unit)
            if relation == "running":
                district.add("visit", unit, pk=visit.pk)
            elif relation == "blind":
                district.add("visit", "blind", pk=visit.pk)
        _count(within, district, units)
        if state != "draft":
            within.state, within.started_at = state, clock.now()
            within.closed_at = clock.now() if state == "closed" else None
            within.save()


def _framework(district: "District") -> tuple[FrameworkVersion, Checklist, CheckLine]:
    framework = Framework.objects.create(name=f"{district.mark}区点位标准", standing="local")
    version = FrameworkVersion.objects.create(
        framework=framework, number=1, label=f"{district.mark}区点位第1版"
    )
    kind = SiteType.objects.create(
        code=f"R{district.mark}", name=f"{district.mark}区商场", shape="place"
    )
    checklist = Checklist.objects.create(
        framework_version=version, site_type=kind, pass_rule="all_lines"
    )
    group = LineGroup.objects.create(
        checklist=checklist, title=f"{district.mark}区卫生", position=1
    )
    line = CheckLine.objects.create(
        checklist=checklist, group=group, code="1", text=f"{district.mark}区无垃圾",
        shape="absence", position=1, category=f"{district.mark}区环境",
    )  # fmt: skip
    FrameworkVersion.objects.filter(pk=version.pk).update(
        state="published", published_at=clock.now()
    )
    return version, checklist, line


def _visited(  # noqa: PLR0917 - the row that it makes points at all of these
    district: "District",
    within: Round,
    pair: Pair,
    checklist: Checklist,
    line: CheckLine,
    relation: str,
) -> Visit:
    unit = district.units[relation]
    mark = f"{within.number}{relation}"
    site = Site.objects.create(
        code=f"{district.mark}{mark}", name=f"{district.mark}区点位{mark}",
        site_type=checklist.site_type,
    )  # fmt: skip
    row = RoundSite.objects.create(
        round=within, site=site, pair=pair, position=1, checklist=checklist,
        site_type=checklist.site_type, unit=unit, area=unit, stratum=f"{district.mark}区层",
    )  # fmt: skip
    walker = PairMember.objects.get(pair=pair).account
    sha256 = hashlib.sha256(site.code.encode()).hexdigest()
    record = FieldRecord.objects.create(
        account=walker, device="手机", sha256=sha256, content="{}", state="committed",
        committed_at=clock.now(),
    )  # fmt: skip
    visit = Visit.objects.create(
        record=record, round=within, round_site=row, site=site, account=walker, state="counted",
        started_at=clock.now(), sealed_at=clock.now(), passed=False, failed_lines=1, score=0,
        note=f"{district.mark}区备注",
    )  # fmt: skip
    Answer.objects.create(visit=visit, line=line, outcome="failed", values={"found": "3"})
    file = StoredFile.objects.create(sha256=sha256, size=3, media_type="image/jpeg")
    photo = VisitPhoto.objects.create(
        visit=visit, line=line, file=file, position=0, taken_at=clock.now()
    )
    if within.number == 102:
        district.add("photo", relation, pk=photo.pk)
    VisitFlag.objects.create(visit=visit, kind="far_away", detail=f"{district.mark}区离得远")
    Finding.objects.create(
        visit=visit, round=within, line=line, site=site, unit=unit, area=unit,
        number=RoundSite.objects.filter(round=within).count(), category=line.category,
        text=f"{district.mark}区{mark}有垃圾", place=site.name, found_on=datetime.date(2021, 9, 12),
    )  # fmt: skip
    return visit


def _count(within: Round, district: "District", units: tuple[str, ...]) -> None:
    rows = RoundSite.objects.filter(round=within)
    holders = [("round", within.pk), ("site_type", rows[0].site_type_id)]
    holders += [("unit", district.units[one].pk) for one in units]
    holders += [("line", Answer.objects.filter(visit__round=within)[0].line_id)]
    holders += [("inspector", Visit.objects.filter(round=within)[0].account_id)]
    for dimension, holder in holders:
        ResultTally.objects.create(
            round=within, dimension=dimension, holder_id=holder, drawn=1, tested=1, lines=1,
            failed_lines=1, findings=1,
        )  # fmt: skip
