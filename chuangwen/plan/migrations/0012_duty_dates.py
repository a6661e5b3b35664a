"""A duty ends on the day it begins at the earliest. One that is stored otherwise lasts that day."""

import django.db.models.expressions
from django.db import migrations, models
from django.db.models import F


def let_last_a_day(apps, schema_editor):
    duties = apps.get_model("plan", "Duty")._base_manager.using(schema_editor.connection.alias)
    duties.filter(valid_until__lt=F("valid_from")).update(valid_until=F("valid_from"))


class Migration(migrations.Migration):
    dependencies = [("plan", "0011_count_what_is_there")]
    operations = [
        migrations.RunPython(let_last_a_day, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_until__isnull", True),
                    ("valid_until__gte", django.db.models.expressions.F("valid_from")),
                    _connector="OR",
                ),
                name="plan_duty_dates",
                violation_error_message="责任的止期早于起期。请改正其中一个。",
            ),
        ),
    ]
