"""A district of any size, written straight into the tables: for growth tests and benchmarks.

Of the units a tenth are streets with communities below them; ten actions and areas; each task with
one part; the counts and the index of words as the actions would keep them.
"""

import datetime
import itertools
from collections import Counter
from collections.abc import Iterator

from django.db import connection, transaction

from chuangwen.audit.actions import open_chain
from chuangwen.kit.ids import new_id
from chuangwen.people.actions.tree import grow
from chuangwen.people.models import Account, Membership, Unit
from chuangwen.people.roles import Role
from chuangwen.plan.enums import PartState, TaskState
from chuangwen.plan.models import Action, Campaign, GoalArea, Tally, Task, TaskPart
from chuangwen.plan.tallies import ENDED_STATES, Bucket, buckets_of
from chuangwen.search.actions import keep_found
from chuangwen.tenancy.models import Tenant
from chuangwen.tenancy.scope import tenant_scope

CHUNK = 5000
FIRST_DAY = datetime.date(2021, 1, 1)
PLACES = [
    "公厕",
    "农贸市场",
    "背街小巷",
    "老旧小区",
    "主次干道",
    "公园广场",
    "交通路口",
    "建筑工地",
    "校园周边",
    "社区窗口",
]
WORKS = [
    "整治",
    "点位巡查",
    "提升改造",
    "宣传引导",
    "志愿服务",
    "网报材料",
    "秩序管理",
    "清扫保洁",
    "台账更新",
    "督查通报",
]
RARE = "龙眼井"  # stands in every 97th task
STATES = list(PartState)[:6]


def code_of(tasks: int) -> str:
    """Return the code of the district of that size."""
    return f"5104{tasks % 10**7:07}"


def make_district(tasks: int, *, units: int = 500, words: bool = True) -> Tenant:
    """Make a tenant with so many tasks; the same rows for the same numbers. Without `words` they
    cannot be searched: the index of a million tasks takes longer than all the rest."""
    tenant = Tenant.objects.create(name="东区", code=code_of(tasks))
    open_chain(tenant_id=tenant.pk)
    with tenant_scope(tenant.pk):
        register = _units(units)
        _accounts(tenant, register)
        _tasks(tasks, register, words=words)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return tenant


def _units(number: int) -> list[Unit]:
    departments = [Unit(name=f"区第{n}局", kind="government") for n in range(max(number // 8, 1))]
    streets = [Unit(name=f"第{n}街道", kind="street") for n in range(max(number // 10, 1))]
    communities = [
        Unit(name=f"第{n}社区", kind="community", parent=streets[n % len(streets)])
        for n in range(number - len(departments) - len(streets))
    ]
    units = [*streets, *departments, *communities]
    with transaction.atomic():
        Unit.objects.bulk_create(units, batch_size=CHUNK)
        grow()
    return units


def _accounts(tenant: Tenant, units: list[Unit]) -> None:
    """An office clerk, a clerk of a department, and one of a street with ten communities."""
    posts = ((Role.OFFICE, units[-1]), (Role.CLERK, _bureau(units)), (Role.CLERK, units[0]))
    for name, (role, unit) in zip(("office", "bureau", "street"), posts, strict=True):
        account = Account.objects.create(
            tenant=tenant, username=f"{name}-{tenant.code}", name=name, must_change_password=False
        )
        Membership.objects.create(account=account, unit=unit, role=role)


def _bureau(units: list[Unit]) -> Unit:
    return next(unit for unit in units if unit.kind == "government")


def _tasks(number: int, units: list[Unit], *, words: bool) -> None:
    campaign = Campaign.objects.create(
        name="第七届", starts_on=FIRST_DAY, ends_on=FIRST_DAY.replace(year=2023)
    )
    common = {"campaign": campaign}
    actions = [Action(title=f"第{n}提升行动", position=n, **common) for n in range(10)]
    areas = [GoalArea(title=f"第{n}目标领域", position=n, **common) for n in range(10)]
    Action.objects.bulk_create(actions)
    GoalArea.objects.bulk_create(areas)
    tallies: Counter[Bucket] = Counter()
    rows = _rows(number, campaign, actions, areas, len(units))
    while chunk := list(itertools.islice(rows, CHUNK)):
        parts = [_part(task, place, units) for place, task in chunk]
        tasks = [task for _, task in chunk]
        tallies.update(bucket for row in (*tasks, *parts) for bucket in buckets_of(row))
        with transaction.atomic():
            Task.objects.bulk_create(tasks, batch_size=CHUNK)
            TaskPart.objects.bulk_create(parts, batch_size=CHUNK)
            if words:
                keep_found(tasks)
    Tally.objects.bulk_create(
        [
            Tally(holder_id=holder, kind=kind, day=day, number=count)
            for (holder, kind, day), count in tallies.items()
        ],
        batch_size=CHUNK,
    )


def _rows(
    number: int, campaign: Campaign, actions: list[Action], areas: list[GoalArea], units: int
) -> Iterator[tuple[int, Task]]:
    for n in range(number):
        place, work = PLACES[n % 10], WORKS[n // 10 % 10]
        rare = RARE if n % 97 == 0 else ""
        yield (
            n,
            Task(
                id=new_id(),
                campaign=campaign,
                action=actions[n % 10],
                area=areas[n // 10 % 10],
                title=f"{place}{work}{rare}{n}",
                text=f"对辖区{place}开展{work}，建立问题清单。",
                position=n,
                due_on=_day(n),
                state=TaskState.DISPATCHED if n % 5 else TaskState.PROPOSED,
                is_ready=bool(n % 5) and _state(n, units) in ENDED_STATES,
            ),
        )


def _part(task: Task, place: int, units: list[Unit]) -> TaskPart:
    """Every unit has parts in every state, from the first tasks on."""
    return TaskPart(
        id=new_id(),
        task=task,
        unit=units[place % len(units)],
        kind="lead",
        due_on=task.due_on,
        state=_state(place, len(units)),
    )


def _state(place: int, units: int) -> PartState:
    return STATES[place // units % len(STATES)]


def _day(n: int) -> datetime.date | None:
    """Spread over nine months, whatever the number of tasks; one in seven has no deadline.

    Every unit soon has parts in every state and month, so that the counts kept of them are as
    many in a small district as in a large one.
    """
    return None if n % 7 == 6 else datetime.date(2021, n // 48 % 9 + 1, n % 28 + 1)
