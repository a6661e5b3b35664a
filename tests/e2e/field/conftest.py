"""A district with an inspector and a running round, the real server, and a phone before it."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.e2e.field.phone import Phone
from tests.ops.installation import Installation
from tests.ops.test_serve import serving

INSPECTOR, PASSWORD = "chenjie", "dongqu-yanshi-2021"
BEGINNING = """
import json, sys
from chuangwen.commands import start_django; start_django()
from chuangwen.tenancy.models import Tenant
from chuangwen.tenancy.scope import tenant_scope
tenant = Tenant.objects.get(code="510402")
"""
MAKE = (
    BEGINNING
    + f"""
from chuangwen.people.models import Account, Membership, Unit
from tests.inspection.walking import make_walk
with tenant_scope(tenant.pk):
    account = Account(username="{INSPECTOR}", name="陈洁", tenant=tenant)
    account.must_change_password = False
    account.set_password("{PASSWORD}")
    account.save()
    unit = Unit.objects.get(name="区发改局")
    Membership.objects.create(account=account, unit=unit, role="inspector")
    make_walk(account, sites=4, mark="（测试）")
"""
)
LOOK = (
    BEGINNING
    + f"""
from chuangwen.inspection.models import FieldRecord, Visit
own = {{"account__username": "{INSPECTOR}"}}  # the demonstration has visits of others
with tenant_scope(tenant.pk):
    print(json.dumps({{
        "visits": {{
            str(visit.pk): {{
                "photos": sorted(visit.photos.values_list("file__sha256", flat=True)),
                "answers": visit.answers.count(),
                "place": visit.place,
                "state": visit.state,
            }}
            for visit in Visit.objects.filter(**own)
        }},
        "records": {{
            str(record.pk): {{
                "state": record.state, "sha256": record.sha256, "reason": record.reason
            }}
            for record in FieldRecord.objects.filter(**own)
        }},
    }}))
"""
)


class District:
    """The installation that serves the phone; `seen` is what its database holds."""

    def __init__(self, made: Installation, address: str) -> None:
        self.made, self.address = made, address

    def seen(self) -> dict[str, Any]:
        """Visits with their photos, and records with their states."""
        printed = self.made.python(LOOK)
        assert printed.returncode == 0, printed.stderr
        return json.loads(printed.stdout)


@pytest.fixture
def district(new_district: Callable[[], Installation]) -> Iterator[District]:
    """One of its own for each test; the phone's clock is the true one, so is the server's."""
    made = Installation(new_district().data)
    printed = made.python(MAKE)
    assert printed.returncode == 0, printed.stderr
    with serving(made, "--no-worker") as (_process, address):
        yield District(made, address)


@pytest.fixture
def phone(browser: Browser, district: District) -> Iterator[Phone]:
    """A phone whose inspector has signed in and opened the app."""
    held = Phone(browser, district.address)
    held.sign_in(INSPECTOR, PASSWORD)
    yield held
    held.context.close()
