"""`chuangwen demo` and `audit verify`, as an administrator types them."""

import sqlite3

from chuangwen.demonstration.accounts import ACCOUNTS, BLANK_ACCOUNTS, PASSWORD
from tests.ops.installation import Installation


def test_loading_twice_changes_nothing(installation: Installation):
    before = installation.run("audit", "verify")
    assert "已存在" in installation.run("demo")
    assert installation.run("audit", "verify") == before


def test_the_printed_accounts_can_sign_in(installation: Installation):
    assert PASSWORD in installation.run("demo", "--accounts")
    result = installation.python(
        "from chuangwen.commands import start_django; start_django();"
        "from django.test import Client; from chuangwen.demonstration.accounts import *;"
        "from django.conf import settings; settings.ALLOWED_HOSTS = ['testserver'];"
        "print([Client().post('/login/', {'username': a.username, 'password': PASSWORD})"
        ".status_code for a in (*ACCOUNTS, *BLANK_ACCOUNTS)])"
    )
    assert result.stdout.strip() == str([302] * len((*ACCOUNTS, *BLANK_ACCOUNTS))), result.stderr


def test_public_passwords_never_get_into_a_real_installation(installation: Installation):
    installation.settings["CHUANGWEN_DEMONSTRATION"] = "0"
    assert "演示账号的口令是公开的" in installation.run("demo", code=1)


def test_an_edited_event_makes_verify_fail(installation: Installation):
    with sqlite3.connect(installation.data / "chuangwen.sqlite3") as database:
        triggers = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'audit_%'"
        ).fetchall()
        for (name,) in triggers:
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute("UPDATE audit_auditevent SET label = 'x' WHERE sequence = 2")
    assert "序号 2" in installation.run("audit", "verify", code=1)


ACTIVITY = """
from chuangwen.commands import start_django; start_django()
from chuangwen.framework.models import IndicatorValue
from chuangwen.plan.models import DutyQuestion, TaskPart
from chuangwen.tenancy.models import Tenant
from chuangwen.tenancy.scope import tenant_scope
with tenant_scope(Tenant.objects.get(code="510402").pk):
    for rows in (TaskPart, DutyQuestion, IndicatorValue):
        print(sorted({str(one.is_sample) for one in rows.objects.all()}),
              len(set(rows.objects.values_list("state", flat=True))))
"""


def test_activity_beyond_the_notice_is_marked(
    installation: Installation,
):
    result = installation.python(ACTIVITY)
    assert result.stdout.splitlines() == [
        "['True'] 5",
        "['True'] 2",
        "['True'] 3",
    ], result.stderr


SITES = """
from chuangwen.commands import start_django; start_django()
from chuangwen.sites.models import Site, SiteDuty, SiteWork
from chuangwen.tenancy.models import Tenant
from chuangwen.tenancy.scope import tenant_scope
with tenant_scope(Tenant.objects.get(code="510402").pk):
    rows = (*Site.objects.all(), *SiteWork.objects.all())
    print(Site.objects.count(), {one.is_sample for one in rows})
    print(all(one.name.startswith("演示") for one in Site.objects.all()),
          Site.objects.filter(duties__kind="owner").count())
    owners = SiteDuty.objects.filter(kind="owner")
    print(sorted(set(owners.values_list("site__site_type__name", "unit__name"))))
    heads = SiteDuty.objects.filter(kind="site_head")
    print(all(one.site.duties.get(kind="owner").unit == one.unit for one in heads), len(heads))
"""
OWNERS = {
    "政务大厅": "区行政审批局", "热线电话": "区行政审批局", "医院": "区卫健局",
    "农贸市场": "区市场监管局", "公园广场": "区综合行政执法局", "主次干道": "区综合行政执法局",
    "背街小巷": "区综合行政执法局", "公厕": "区综合行政执法局", "小区": "区住建局",
    "建筑工地围挡": "区住建局", "学校及周边": "区教体局", "室外健身场地": "区教体局",
    "网吧": "区文广旅局", "景区": "区文广旅局", "图书馆文化馆": "区文广旅局",
    "影剧院": "区文广旅局", "车站": "区农交水局", "公交线路": "区农交水局", "河道": "区农交水局",
    "商场超市": "区商务局", "宾馆饭店": "区商务局", "社区综合服务": "区民政局",
    "银行网点": "区财政局", "交通路口": "市公安局东区分局",
}  # fmt: skip


def test_every_site_of_the_demonstration_is_marked(installation: Installation):
    """And has an owner whose trade it is: one type, one unit."""
    result = installation.python(SITES)
    marked, named, owners, heads = result.stdout.splitlines() or [result.stderr]
    assert (marked, named) == ("60 {True}", "True 60")
    assert owners == str(sorted(OWNERS.items()))
    assert heads == "True 9"
