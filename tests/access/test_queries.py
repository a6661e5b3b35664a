"""No page asks the database more than eight times, and none asks more because there is more.

Every address of the policy is asked as each who may see it; then every row of the district that
can be doubled is doubled, and all are asked again. A new address needs no line here.
"""

import datetime
import itertools
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import IntegrityError, InternalError, connection, models, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chuangwen.kit import clock
from chuangwen.kit.ids import new_id
from chuangwen.people.models import Account
from chuangwen.plan.models import DocumentReading
from chuangwen.tenancy.models import TenantModel
from chuangwen.tenancy.scope import tenant_scope

from .policy import POLICY
from .policy.rules import STRANGER
from .world import World

pytestmark = pytest.mark.django_db
MOST = 8
# Files for which a whole campaign is read at once: constant, but more. See docs/rooms/tasks.md.
WHOLE_CAMPAIGN = {
    "plan-table": 16,
    "unit-duties": 10,
    "round-report": 25,
    "round-report-file": 25,
}
# What makes rows of one kind different from each other, where they must be.
NAMES = {"name", "username", "key", "code", "sha256", "title"}
# What a page shows when it is asked for more than its beginning.
FURTHER = {
    "plan": ["?q=任务", "?open=action:{action}"],
    "plan-tasks": ["?q=任务", "?late=1", "?ready=1&sort=due", "?sort=title", "?unit={unit}"],
    "plan-parts": ["?q=任务&sort=task", "?state=open", "?soon=1&sort=state", "?unit={unit}"],
    "plan-task": ["?history=1"],
    "plan-part": ["?history=1&queue=all", "?queue=all"],
    "units": ["?q=局"],
    "accounts": ["?q=东"],
    "indicators": ["?q=指标"],
    "audit": ["?q=任务"],
    "cases": [
        "?q=井盖",
        "?view=mending&unit={unit}&only=late",
        "?view=closed",
        "?share=assigned",
        "?area={unit}&type={unit}&category={unit}&source=citizen&state=filed&sort=due",
    ],
    "standings": ["?unit={unit}&measure=urge&rung={unit}"],
    "meetings": ["?kind=dispatch&state=held&only=open"],
    "accountabilities": ["?state=proposed&unit={unit}"],
    "supervision-notices": ["?q=督办&state=served&only=late&unit={unit}"],
    "sites": ["?q=市场", "?unit={unit}&area={unit}&state=all", "?sort=importance"],
    "site": ["?history=1"],
    "sites-map": ["?q=市场", "?bbox=101.6,26.4,101.8,26.6"],
}


def addresses(world: World) -> Iterator[tuple[str, str, str]]:
    """Yield name, viewer and path of every page that somebody may see, once for each viewer."""
    for name, line in sorted(POLICY.items()):
        asked = set()
        for rule, viewer in ((one, viewer) for one in line.GET for viewer in one.viewers):
            seen = [one for one in world.relations(line.of) if rule.covers(viewer, one)]
            if rule.status != 200 or viewer in asked or not seen:
                continue
            asked.add(viewer)
            path = reverse(name, kwargs={**world.kwargs(line.of, seen[0]), **line.path})
            for more in ["", *FURTHER.get(name, [])]:
                yield name, viewer, path + more.format(**_numbers(world))


def _numbers(world: World) -> dict[str, object]:
    return {
        "action": world.east.paths["action"]["here"]["pk"],
        "unit": world.east.units["own"].pk,
    }


def queries(world: World, viewer: str, path: str) -> list[str]:
    browser = world.browser(viewer)
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(path)
        if answer.streaming:
            b"".join(answer)
    assert answer.status_code == 200, path
    return [query["sql"] for query in asked.captured_queries]


def all_queries(world: World) -> dict[tuple[str, str, str], list[str]]:
    return {each: queries(world, each[1], each[2]) for each in addresses(world)}


def copy_rows(world: World, copies: int) -> set[str]:
    """Copy every row of the district so many times; return the models of which there are more.

    A copy belongs to what the original belongs to, or, where that may be only once, to the copy
    of it. What is guarded against copies (a published version, the chain) stays as it is.
    """
    copied: dict[tuple[object, int], models.Model] = {}
    more = set()
    with tenant_scope(world.east.tenant.pk):
        for model in apps.get_models():
            if issubclass(model, (TenantModel, Account)) and model._meta.app_label != "audit":
                rows = list(model._default_manager.filter(tenant=world.east.tenant))
                for row, number in itertools.product(rows, range(copies)):
                    if made := _copy(row, number, copied):
                        copied[row.pk, number] = made
                        more.add(model._meta.label)
    return more


def _copy(row: models.Model, number: int, copied: dict) -> models.Model | None:
    for renamed, follows in itertools.product((False, True), repeat=2):
        values = {}
        for field in row._meta.concrete_fields:
            value = getattr(row, field.attname)
            if field.primary_key:
                value = new_id()
            elif field.is_relation and follows and (value, number) in copied:
                value = copied[value, number].pk
            elif renamed and field.name in NAMES and value:
                value = f"{value[:30]}{new_id().hex[-8:]}"
            elif renamed and field.name in {"position", "number"} and isinstance(value, int):
                value += 100 * (number + 1)
            if not field.generated:
                values[field.attname] = value
        try:
            with transaction.atomic():
                return type(row)._default_manager.create(**values)
        except (IntegrityError, InternalError):
            continue
    return None


def test_every_page_asks_at_most_eight_times_and_no_more_when_there_is_more(world):
    # Files that have waited long already: their page looks whether a worker lives.
    earlier = clock.now() - datetime.timedelta(hours=1)
    DocumentReading.across_tenants.update(asked_at=earlier)
    more = copy_rows(world, 1)  # of nothing there is only one, so that no page is spared a look
    first = all_queries(world)
    assert {name for name, _, _ in first} >= {
        name for name, line in POLICY.items()
        if any(rule.status == 200 and set(rule.viewers) - {STRANGER} for rule in line.GET)
    }  # fmt: skip
    copy_rows(world, 3)
    assert more >= {
        f"{room}.{model}"
        for room, model in (
            ("people", "Unit"), ("people", "Membership"), ("plan", "Action"), ("plan", "Task"),
            ("plan", "TaskPart"), ("plan", "Duty"), ("plan", "DutyQuestion"), ("people", "Account"),
            ("framework", "Indicator"), ("framework", "IndicatorValue"), ("notices", "Notice"),
            ("files", "Attachment"), ("plan", "ImportItem"), ("plan", "ProgressEntry"),
        )
    }  # fmt: skip
    second = all_queries(world)
    wrong = []
    for each, asked in first.items():
        again, limit = second[each], WHOLE_CAMPAIGN.get(each[0], MOST)
        if len(asked) > limit:
            wrong.append(f"{each}: {len(asked)}, then {len(again)}, at most {limit}")
        elif len(again) > len(asked):
            grown = "\n    ".join(sql[:160] for sql in again if sql not in asked)
            wrong.append(f"{each}: {len(asked)}, then {len(again)}\n    {grown}")
    assert not wrong, "\n".join(wrong)
