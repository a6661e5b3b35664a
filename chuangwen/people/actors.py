"""The one who acts: account, tenant and permissions, gathered once per request or job."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from chuangwen.kit.errors import NotPermitted
from chuangwen.people.permissions import Permission
from chuangwen.people.roles import DISTRICT_WIDE, WITHIN_UNIT, Role


@dataclass(frozen=True)
class Post:
    """A role in a unit that is in force today."""

    role: Role
    unit_id: uuid.UUID
    unit_name: str
    leads_units: bool = True  # whether there are units below it


@dataclass(frozen=True)
class Actor:
    """Who acts, for whom. Immutable; `account_id` is None for the system itself."""

    tenant_id: uuid.UUID
    account_id: uuid.UUID | None
    name: str
    posts: tuple[Post, ...] = ()

    def may(self, permission: Permission, *, unit_id: uuid.UUID | None = None) -> bool:
        """Tell whether the actor has a permission: everywhere, or in `unit_id` when given.

        Without `unit_id`: whether the permission is held anywhere at all (used by menus and by
        the page gate; the action then asks again with the unit).
        """
        for post in self.posts:
            if permission in DISTRICT_WIDE.get(post.role, ()):
                return True
            if permission in WITHIN_UNIT.get(post.role, ()) and unit_id in (None, post.unit_id):
                return True
        return self.is_system

    def require(self, permission: Permission, *, unit_id: uuid.UUID | None = None) -> None:
        """Raise NotPermitted unless the actor has the permission."""
        if not self.may(permission, unit_id=unit_id):
            raise NotPermitted(
                f"您没有“{permission.value}”的权限。如工作需要，请联系安全管理员授予相应角色。"
            )

    def may_everywhere(self, permission: Permission) -> bool:
        """Tell whether the permission reaches the whole district."""
        return self.is_system or any(
            permission in DISTRICT_WIDE.get(post.role, ()) for post in self.posts
        )

    @property
    def is_system(self) -> bool:
        """True for scheduled jobs and commands, which act for nobody in particular."""
        return self.account_id is None

    @property
    def unit_ids(self) -> frozenset[uuid.UUID]:
        """The units in which the actor holds a post that reads unit content."""
        return frozenset(post.unit_id for post in self.posts if post.role in WITHIN_UNIT)

    @property
    def unit_name(self) -> str:
        """The name of the first post's unit, for display."""
        return self.posts[0].unit_name if self.posts else ""

    @property
    def role_labels(self) -> tuple[str, ...]:
        """Chinese names of the roles, without repetition."""
        return tuple(dict.fromkeys(post.role.label for post in self.posts))


def system_actor(tenant_id: uuid.UUID) -> Actor:
    """Return the actor of scheduled jobs and commands."""
    return Actor(tenant_id=tenant_id, account_id=None, name="系统")


def make_actor(
    *, tenant_id: uuid.UUID, account_id: uuid.UUID, name: str, posts: Iterable[Post]
) -> Actor:
    """Return the actor of an account with its posts, most powerful first for display."""
    order = list(Role)
    ranked = tuple(sorted(posts, key=lambda post: order.index(post.role)))
    return Actor(tenant_id=tenant_id, account_id=account_id, name=name, posts=ranked)
