"""Sample cases of the demonstration, in every state, from the problems of the finished round.

All of them are moved by the actions that people's clicks run, on the days on which they would.
"""

import datetime
from collections.abc import Callable, Sequence

from chuangwen.demonstration.accounts import CLERKS, INSPECTORS
from chuangwen.demonstration.phones import picture
from chuangwen.files.actions.uploads import upload_file
from chuangwen.inspection.actions.transferring import open_cases_of_findings
from chuangwen.inspection.enums import FindingState, RoundState
from chuangwen.inspection.models import Finding
from chuangwen.kit.clock import as_on
from chuangwen.kit.samples import sampling
from chuangwen.people.actors import Actor
from chuangwen.people.models import Account, Unit
from chuangwen.people.queries.actors import actor_of
from chuangwen.rectification.actions import checking, deadlines, deciding, handling
from chuangwen.rectification.actions.dispatching import dispatch_cases
from chuangwen.rectification.actions.opening import Seen, report_case
from chuangwen.rectification.enums import Source
from chuangwen.rectification.models import Case

OPENED, FILED, GIVEN, TAKEN, MENDED, CHECKED, ENDED = (
    datetime.date(2021, 8, 30), datetime.date(2021, 8, 31), datetime.date(2021, 9, 1),
    datetime.date(2021, 9, 2), datetime.date(2021, 9, 8), datetime.date(2021, 9, 10),
    datetime.date(2021, 9, 13),
)  # fmt: skip
PAST, SOON, LATER = (
    datetime.date(2021, 9, 9), datetime.date(2021, 9, 17), datetime.date(2021, 9, 30)
)  # fmt: skip
ENFORCEMENT, PUBLICITY, REFORM = "区综合行政执法局", "区委宣传部", "区发改局"
TODAY = datetime.date(2021, 9, 15)  # of the demonstration, whatever the true date is
MOST = 24  # the last findings wait for a visitor to hand them on
Fate = Callable[["_Cast", Case], None]


class _Cast:
    """Who acts: 创文办, an inspector, and units with their clerks."""

    def __init__(self, office: Actor) -> None:
        self.office = office
        names = (ENFORCEMENT, PUBLICITY, REFORM)
        self.units = {unit.name: unit for unit in Unit.objects.filter(name__in=names)}
        wanted = [*(CLERKS[name] for name in names), INSPECTORS[0]]
        people = {one.username: one for one in Account.objects.filter(username__in=wanted)}
        self.clerks = {name: actor_of(people[CLERKS[name]]) for name in names}
        self.inspector = actor_of(people[INSPECTORS[0]])

    def give(
        self, case: Case, name: str, due_on: datetime.date, supporting: Sequence[str] = ()
    ) -> None:
        """派遣."""
        case.refresh_from_db()
        others = [self.units[one] for one in supporting]
        with as_on(GIVEN):
            dispatch_cases(
                versions={case.pk: case.version}, lead=self.units[name], supporting=others,
                due_on=due_on, demand="按测评标准整改，举一反三。", by=self.office,
            )  # fmt: skip

    def accept(self, case: Case, name: str) -> None:
        """接收."""
        case.refresh_from_db()
        with as_on(TAKEN):
            handling.accept_case(
                case=case, base_version=case.version, unit=self.units[name], by=self.clerks[name]
            )

    def finish(self, case: Case, name: str, text: str, day: datetime.date = MENDED) -> None:
        """报送, with a picture."""
        case.refresh_from_db()
        clerk = self.clerks[name]
        with as_on(day):
            taken = upload_file(
                content=[picture(f"case {case.serial} {day:%m%d}")], name="整改后.jpg", by=clerk
            )
            handling.finish_case(
                case=case, base_version=case.version, unit=self.units[name], text=text,
                uploads=[taken.pk], by=clerk,
            )  # fmt: skip

    def mend(self, case: Case, due_on: datetime.date = LATER) -> None:
        """Give a case to 区综合行政执法局, which mends it."""
        self.give(case, ENFORCEMENT, due_on)
        self.accept(case, ENFORCEMENT)
        self.finish(case, ENFORCEMENT, "已清理现场并安排专人巡查。")

    def check(self, case: Case) -> None:
        """核查通过."""
        case.refresh_from_db()
        with as_on(CHECKED):
            checking.pass_case(
                case=case, base_version=case.version, text="现场查看，已整改到位。",
                by=self.inspector,
            )  # fmt: skip

    def close(self, case: Case) -> None:
        """Mend, check and 销号."""
        self.mend(case, PAST)
        self.check(case)
        case.refresh_from_db()
        with as_on(ENDED):
            checking.close_case(case=case, base_version=case.version, by=self.office)


def load_cases(office: Actor) -> None:
    """Hand the findings of the finished round on, and bring the cases to every state."""
    findings = Finding.objects.filter(round__state=RoundState.CLOSED, state=FindingState.OPEN)
    versions = dict(findings.order_by("number").values_list("pk", "version")[:MOST])
    cast = _Cast(office)
    with sampling(), as_on(TODAY):
        with as_on(OPENED):
            cases = open_cases_of_findings(versions=versions, by=office)
        fates = [FATES[place % len(FATES)] for place in range(len(cases))]
        with as_on(FILED):
            filed = [case for case, fate in zip(cases, fates, strict=True) if fate not in UNFILED]
            deciding.file_cases(versions={case.pk: case.version for case in filed}, by=office)
        for case, fate in zip(cases, fates, strict=True):
            fate(cast, case)
        _merge(filed[-1], cases[TWIN], office)
        _report_own(cast)


def _wait(cast: _Cast, case: Case) -> None:
    """Left where it is."""


def _decline(cast: _Cast, case: Case) -> None:
    with as_on(FILED):
        deciding.decline_cases(
            versions={case.pk: case.version}, reason="测评当日正在检修，次日已恢复。",
            by=cast.office,
        )  # fmt: skip


def _stay_filed(cast: _Cast, case: Case) -> None:
    """Numbered, and left to be given to somebody."""


def _to_owner(cast: _Cast, case: Case) -> None:
    """To the unit that was proposed, which has no log-in here and has not answered."""
    case.refresh_from_db()
    versions = {case.pk: case.version}
    dispatch_cases(versions=versions, lead=None, due_on=LATER, by=cast.office)


def _refused(cast: _Cast, case: Case) -> None:
    cast.give(case, REFORM, SOON)
    case.refresh_from_db()
    with as_on(TAKEN):
        handling.refuse_case(
            case=case, base_version=case.version, unit=cast.units[REFORM],
            reason="该点位不在本单位管理范围，建议由区综合行政执法局办理。",
            by=cast.clerks[REFORM],
        )  # fmt: skip


def _refused_and_given(cast: _Cast, case: Case) -> None:
    _refused(cast, case)
    cast.give(case, ENFORCEMENT, SOON)


def _late(cast: _Cast, case: Case) -> None:
    cast.give(case, ENFORCEMENT, PAST)
    cast.accept(case, ENFORCEMENT)


def _soon(cast: _Cast, case: Case) -> None:
    cast.give(case, ENFORCEMENT, SOON)
    cast.accept(case, ENFORCEMENT)


def _asked(cast: _Cast, case: Case) -> None:
    cast.give(case, PUBLICITY, SOON)
    cast.accept(case, PUBLICITY)
    case.refresh_from_db()
    deadlines.ask_extension(
        case=case, base_version=case.version, unit=cast.units[PUBLICITY], due_on=LATER,
        reason="公益广告版面正在重新制作，9 月底安装。", by=cast.clerks[PUBLICITY],
    )  # fmt: skip


def _suspended(cast: _Cast, case: Case) -> None:
    cast.give(case, REFORM, LATER)
    cast.accept(case, REFORM)
    case.refresh_from_db()
    with as_on(CHECKED):
        deadlines.suspend_case(
            case=case, base_version=case.version, reason="该路段封闭施工，完工后恢复。",
            by=cast.office,
        )  # fmt: skip


def _both(cast: _Cast, case: Case) -> None:
    """Two units, of which one is done."""
    cast.give(case, ENFORCEMENT, LATER, [PUBLICITY])
    cast.accept(case, ENFORCEMENT)
    cast.finish(case, ENFORCEMENT, "占道物品已清理。")


def _again(cast: _Cast, case: Case) -> None:
    cast.mend(case)
    case.refresh_from_db()
    with as_on(CHECKED):
        checking.fail_case(
            case=case, base_version=case.version, due_on=SOON,
            text="墙角仍有小广告，未清理干净。", by=cast.inspector,
        )  # fmt: skip


def _checked(cast: _Cast, case: Case) -> None:
    cast.mend(case)
    cast.check(case)


def _back(cast: _Cast, case: Case) -> None:
    cast.close(case)
    case.refresh_from_db()
    checking.reopen_case(
        case=case, base_version=case.version, reason="复查时又出现同样的问题。", by=cast.office
    )


def _cancelled(cast: _Cast, case: Case) -> None:
    case.refresh_from_db()
    deciding.cancel_cases(
        versions={case.pk: case.version}, reason="与市级任务重复登记。", by=cast.office
    )


FATES: tuple[Fate, ...] = (
    _wait, _decline, _stay_filed, _to_owner, _refused_and_given, _late, _soon, _asked,
    _suspended, _both, _again, _Cast.mend, _checked, _Cast.close, _Cast.close, _back,
    _cancelled, _refused, _to_owner, _Cast.close, _Cast.mend, _late, _wait, _stay_filed,
)  # fmt: skip
UNFILED = (_wait, _decline)
TWIN = 2


def _merge(other: Case, keep: Case, office: Actor) -> None:
    """The last one turns out to be the same problem as another."""
    for case in (other, keep):
        case.refresh_from_db()
    versions = {case.pk: case.version for case in (other, keep)}
    deciding.merge_cases(
        keep=keep, versions=versions, reason="同一处问题，两次测评都记了。", by=office
    )


def _report_own(cast: _Cast) -> None:
    """A unit enters what it found itself."""
    report_case(
        seen=Seen(
            title="公交站台公益广告有一幅破损",
            source=Source.SELF,
            found_on=ENDED,
            place="演示路 8 号门前站台",
            proposed_lead=cast.units[ENFORCEMENT],
        ),
        unit=cast.units[PUBLICITY],
        by=cast.clerks[PUBLICITY],
    )
