"""Count the parts and tasks of an installation that has some. An empty one has nothing to count."""

import datetime
from collections import Counter

from django.db import migrations
from django.db.models import Count, Exists, OuterRef

from chuangwen.kit.ids import new_id

OPEN = ("assigned", "submitted", "returned", "confirmed")
ENDED = ("done", "closed")
NO_DEADLINE = datetime.date(9999, 12, 1)


def count(apps, schema_editor):
    every_task, every_part, tallies = (
        apps.get_model("plan", name)._base_manager.using(schema_editor.connection.alias)
        for name in ("Task", "TaskPart", "Tally")
    )
    parts = every_part.filter(task=OuterRef("pk"))
    ended, still_open = Exists(parts.filter(state__in=ENDED)), Exists(parts.filter(state__in=OPEN))
    every_task.filter(ended, ~still_open, state="dispatched").update(is_ready=True)

    numbers = Counter()
    grouped = every_part.order_by().values_list("tenant_id", "unit_id", "state", "due_on")
    for tenant, unit, state, due_on, number in grouped.annotate(number=Count("pk")):
        numbers[tenant, unit, state, NO_DEADLINE] += number
        if state in OPEN and due_on is not None:
            numbers[tenant, unit, "open_month", due_on.replace(day=1)] += number
            numbers[tenant, unit, "open_day", due_on] += number
    for kind, tasks in (
        ("undispatched", every_task.filter(state="proposed")),
        ("ready", every_task.filter(is_ready=True)),
    ):
        counted = tasks.order_by().values_list("tenant_id").annotate(number=Count("pk"))
        for tenant, number in counted:
            numbers[tenant, tenant, kind, NO_DEADLINE] += number
    model = apps.get_model("plan", "Tally")
    rows = (
        model(id=new_id(), tenant_id=tenant, holder_id=holder, kind=kind, day=day, number=number)
        for (tenant, holder, kind, day), number in numbers.items()
    )
    tallies.bulk_create(rows, batch_size=1000)


class Migration(migrations.Migration):
    dependencies = [("plan", "0010_tallies")]
    operations = [migrations.RunPython(count, migrations.RunPython.noop, elidable=True)]
