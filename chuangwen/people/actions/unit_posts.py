"""What becomes of the posts in a unit that ends."""

import datetime
import uuid
from collections.abc import Collection

from django.db.models import Q, QuerySet

from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid
from chuangwen.people.models import Membership, Unit
from chuangwen.people.roles import SEPARATED_ROLES, Role

# Whoever holds these works for the district; they are not to vanish with a unit unnoticed.
OF_THE_DISTRICT = SEPARATED_ROLES | {Role.OFFICE}


def end_posts(*, unit_ids: Collection[uuid.UUID], last_day: datetime.date) -> int:
    """End the posts in units that close after `last_day`; return how many.

    Raises Invalid while 创文办 staff or an administrator holds a post in one of them.
    """
    held = _held_after(last_day).filter(unit_id__in=unit_ids)
    kept = held.filter(role__in=OF_THE_DISTRICT, account__is_active=True)
    post = kept.select_related("unit", "account").order_by("unit__name", "pk").first()
    if post is not None:
        raise Invalid(
            f"“{post.unit.name}”中还有{Role(post.role).label}（{post.account.name}）。"
            "请安全管理员先在别的单位授予这一角色，并收回这里的，再停用。"
        )
    return held.update(valid_until=last_day)


def move_posts(*, of: Unit, to: Unit) -> int:
    """Let the posts that are not over continue in another unit; return how many.

    One that the account holds there as well ends instead: that it was held stays known.
    """
    yesterday = clock.today() - datetime.timedelta(days=1)
    there = set(Membership.objects.filter(unit=to, valid_until=None).values_list("account", "role"))
    posts = list(_held_after(yesterday).filter(unit=of))
    twice = [post.pk for post in posts if (post.account_id, post.role) in there]
    moving = [post.pk for post in posts if post.pk not in set(twice)]
    Membership.objects.filter(pk__in=twice).update(valid_until=yesterday)
    return Membership.objects.filter(pk__in=moving).update(unit=to)


def _held_after(day: datetime.date) -> QuerySet[Membership]:
    return Membership.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=day))
