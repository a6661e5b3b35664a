"""A district keeps somebody in each of the three separated administrations."""

from chuangwen.kit import clock
from chuangwen.kit.errors import IllegalTransition
from chuangwen.people.models import Account, Membership
from chuangwen.people.queries.accounts import posts_in_force
from chuangwen.people.roles import SEPARATED_ROLES, Role
from chuangwen.tenancy.models import Tenant


def require_another_administrator(account: Account, *, without: Role | None = None) -> None:
    """Raise IllegalTransition when nobody but this account could still administrate.

    Without `without` all its roles go, as when it is disabled. Inside the caller's transaction: the
    district's row is locked, so that two administrators cannot remove each other at one moment.
    Callers have locked the account before: in this order everywhere, or two would wait for ever.
    """
    day = clock.today()
    held = {Role(post.role) for post in posts_in_force(day).filter(account=account)}
    leaving = held & SEPARATED_ROLES & ({without} if without else SEPARATED_ROLES)
    if not leaving:
        return
    Tenant.objects.select_for_update().get(pk=account.tenant_id)
    posts: list[Membership] = list(
        posts_in_force(day).filter(role__in=leaving, account__is_active=True)
    )
    others = {Role(post.role) for post in posts if post.account_id != account.pk}
    if without and any(post.account_id == account.pk for post in posts):
        own = [post for post in posts if post.account_id == account.pk]
        others |= {without} if len(own) > 1 else set()
    if missing := leaving - others:
        labels = "、".join(sorted(role.label for role in missing))
        raise IllegalTransition(f"这是最后一位{labels}。请先授予另一个账号这一角色，再停用或收回。")
