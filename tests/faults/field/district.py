"""Run inside an installation: makes a round for every phone and prints how to go on.

python -m tests.faults.field.district <phones>
"""

import json
import sys

from chuangwen.commands import start_django

CODE = "990002"


def main(phones: int, *, sites: int = 12, lines: int = 7) -> None:
    """Print, for each phone, its session and a sealed record to make others from."""
    start_django()
    from django.test import Client

    from chuangwen.audit.actions import open_chain
    from chuangwen.people.models import Account, Membership, Unit
    from chuangwen.people.roles import Role
    from chuangwen.tenancy.models import Tenant
    from chuangwen.tenancy.scope import tenant_scope
    from tests.inspection.walking import make_walk, sealed

    tenant = Tenant.objects.create(name="试验区", code=CODE)
    open_chain(tenant_id=tenant.pk)
    told = []
    with tenant_scope(tenant.pk):
        unit = Unit.objects.create(name="区创文办", kind="government")
        for number in range(phones):
            account = Account.objects.create(
                tenant=tenant,
                username=f"field-{number}",
                name=f"测评员{number}",
                must_change_password=False,
                password="!",
            )
            Membership.objects.create(account=account, unit=unit, role=Role.INSPECTOR)
            walk = make_walk(account, sites=sites, lines=lines, mark=f"{number}")
            client = Client()
            client.force_login(account)
            example = json.loads(sealed(walk, walk.sites[0])[1])
            told.append(
                {
                    "session": client.cookies["sessionid"].value,
                    "example": example,
                    "sites": [str(site.pk) for site in walk.sites],
                }
            )
    print(json.dumps(told))


if __name__ == "__main__":
    main(int(sys.argv[1]))
