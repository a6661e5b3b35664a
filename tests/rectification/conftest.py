"""王芳 of 创文办, 周敏 who inspects, clerks of two bureaus; a category of five working days."""

import datetime

import pytest

from chuangwen.people.actions.units import create_unit
from chuangwen.people.actors import Actor
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Unit
from chuangwen.people.roles import Role
from chuangwen.rectification.actions.deciding import file_cases
from chuangwen.rectification.actions.dispatching import dispatch_cases
from chuangwen.rectification.actions.handling import accept_case, finish_case
from chuangwen.rectification.actions.opening import Seen, report_case
from chuangwen.rectification.enums import CategoryKind, Source
from chuangwen.rectification.models import Case, Category
from tests import townspeople
from tests.rectification.cast import Cast
from tests.townspeople import person

DAY = datetime.date(2021, 9, 15)  # a Wednesday; 中秋 is from 19 to 21 September
office_unit, bureau, street = townspeople.office_unit, townspeople.bureau, townspeople.street
office, clerk = townspeople.office, townspeople.clerk


@pytest.fixture(autouse=True)
def _day(settings):
    settings.CHUANGWEN_TODAY = DAY


def now(case: Case) -> dict[str, object]:
    """The arguments by which an action is told which case, as it is now."""
    found = Case.objects.get(pk=case.pk)
    return {"case": found, "base_version": found.version}


@pytest.fixture
def housing(tenant, system) -> Unit:
    return create_unit(name="区住房城乡建设局", kind=UnitKind.GOVERNMENT, by=system)


@pytest.fixture
def inspector(tenant, office_unit) -> Actor:
    return person(tenant, "zhoumin", "周敏", Role.INSPECTOR, office_unit)


@pytest.fixture
def builder(tenant, housing) -> Actor:
    return person(tenant, "zhaolei", "赵磊", Role.CLERK, housing)


@pytest.fixture
def cast(request, bureau, housing) -> Cast:
    seen, office, inspector, *clerks = (
        request.getfixturevalue(name)
        for name in ("seen", "office", "inspector", "clerk", "builder")
    )
    return Cast(seen, office, inspector, [bureau, housing], clerks)


@pytest.fixture
def category(tenant) -> Category:
    return Category.objects.create(
        code="0101", name="井盖破损", kind=CategoryKind.COMPONENT, working_days=5
    )


@pytest.fixture
def seen(category) -> Seen:
    return Seen(
        title="人行道井盖破损", source=Source.INSPECTION, found_on=DAY,
        place="炳草岗大街 12 号门前", category=category,
    )  # fmt: skip


@pytest.fixture
def reported(seen, office) -> Case:
    return report_case(seen=seen, by=office)


@pytest.fixture
def filed(reported, office) -> Case:
    return file_cases(versions={reported.pk: reported.version}, by=office)[0]


@pytest.fixture
def dispatched(filed, bureau, housing, office) -> Case:
    versions = {filed.pk: filed.version}
    return dispatch_cases(versions=versions, lead=bureau, supporting=[housing], by=office)[0]


@pytest.fixture
def handed_in(dispatched, bureau, housing, clerk, builder) -> Case:
    for unit, by in ((bureau, clerk), (housing, builder)):
        accept_case(**now(dispatched), unit=unit, by=by)
        finish_case(**now(dispatched), unit=unit, text="已更换井盖", by=by)
    return Case.objects.get(pk=dispatched.pk)
