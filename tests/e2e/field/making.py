"""A running round of four sites with two inspectors of one pair, in the demonstration district.

Run inside an installation: `made.python("from tests.e2e.field.making import make; make()")`.
"""

import hashlib

INSPECTORS, PASSWORD = ("chenjie", "zhaoli"), "dongqu-yanshi-2021"
EXAMPLES = (("满地烟头", False), ("地面干净", True))


def make() -> None:
    """Write them, with a good and a bad example to look at beside the first line."""
    from chuangwen.commands import start_django

    start_django()
    from django.contrib.auth.hashers import make_password

    from chuangwen.inspection.models import PairMember
    from chuangwen.tenancy.models import Tenant
    from chuangwen.tenancy.scope import tenant_scope
    from tests.inspection.walking import make_walk

    tenant, hashed = Tenant.objects.get(code="510402"), make_password(PASSWORD)
    with tenant_scope(tenant.pk):
        first, second = (_account(tenant, one, hashed) for one in INSPECTORS)
        walk = make_walk(first, sites=4, mark="（测试）")
        PairMember.objects.create(round=walk.round, pair=walk.pair, account=second)
        for place, (name, is_good) in enumerate(EXAMPLES):
            _example(walk, place, name, is_good)


def _account(tenant, username, hashed):
    from chuangwen.people.models import Account, Membership, Unit

    account = Account(username=username, name=username, tenant=tenant, password=hashed)
    account.must_change_password = False
    account.save()
    unit = Unit.objects.get(name="区发改局")
    Membership.objects.create(account=account, unit=unit, role="inspector")
    return account


def _example(walk, number, name, is_good):
    from chuangwen.files.actions.photos import Span, register_photos
    from chuangwen.files.enums import DerivativeState, Purpose
    from chuangwen.files.models import Attachment, Derivative
    from chuangwen.framework.attachments import BAD_EXAMPLE, GOOD_EXAMPLE
    from chuangwen.inspection.actions.receiving import receive_blob
    from chuangwen.people.queries import actor_behind
    from tests.inspection.samples import photo

    content = photo(900 + number)
    sha256 = hashlib.sha256(content).hexdigest()
    whole = Span(0, len(content), len(content))
    by = actor_behind(walk.account.pk)
    receive_blob(sha256=sha256, span=whole, content=[content], by=by)
    file = register_photos([sha256])[sha256]
    Attachment.objects.create(
        file=file,
        owner_kind=(GOOD_EXAMPLE if is_good else BAD_EXAMPLE).name,
        owner_id=walk.lines[0].pk,
        position=number,
        name=f"{name}.jpg",
    )
    # As the worker would have made it.
    Derivative.objects.update_or_create(
        source=file,
        purpose=Purpose.THUMBNAIL,
        defaults={"state": DerivativeState.READY, "result": file},
    )
