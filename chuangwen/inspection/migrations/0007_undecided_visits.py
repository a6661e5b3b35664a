"""Visits in which nothing was judged take no site's place; the list of all visits has an index."""

from django.db import migrations, models
from django.db.models import Exists, OuterRef


def step_aside(apps, schema_editor):
    """Where visits may still come; a closed round stays as it was closed."""
    visit = apps.get_model("inspection", "Visit")
    judged = apps.get_model("inspection", "Answer").objects.filter(
        visit=OuterRef("pk"), outcome__in=("passed", "failed")
    )
    taking = visit.objects.filter(
        ~Exists(judged), round__state="running", state__in=("counted", "second")
    )
    taking.update(state="undecided")


class Migration(migrations.Migration):
    dependencies = [("inspection", "0006_flag_for_missing_photos")]

    operations = [
        migrations.AlterField(
            model_name="visit",
            name="state",
            field=models.CharField(
                choices=[
                    ("counted", "计入结果"),
                    ("second", "第二次测评（比对用）"),
                    ("extra", "重复测评（不计）"),
                    ("undecided", "没有判定任何一项（不计）"),
                    ("unlisted", "点位之外发现"),
                ],
                max_length=20,
                verbose_name="作用",
            ),
        ),
        migrations.AlterField(
            model_name="visitflag",
            name="kind",
            field=models.CharField(
                choices=[
                    ("far_away", "拍摄位置离点位较远"),
                    ("no_position", "没有定位"),
                    ("clock_drift", "手机时间不准"),
                    ("same_photo", "照片与以前的相同"),
                    ("like_photo", "照片与以前的相似"),
                    ("two_visits", "同一点位重复测评"),
                    ("very_quick", "测评用时过短"),
                    ("no_photo", "缺少要求的照片"),
                    ("old_checklist", "测评表不是本轮的版本"),
                    ("nothing_judged", "没有判定任何一项"),
                ],
                max_length=20,
                verbose_name="提示",
            ),
        ),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(
                fields=["tenant", "committed_at", "id"], name="inspection_visit_all"
            ),
        ),
        migrations.RunPython(step_aside, migrations.RunPython.noop, elidable=True),
    ]
