"""Which frameworks and versions a viewer may see."""

from django.db.models import Count, QuerySet

from chuangwen.framework.enums import VersionState
from chuangwen.framework.models import FrameworkVersion, Node, Standard
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission

READERS = (Permission.VIEW_DISTRICT, Permission.VIEW_OWN_UNIT, Permission.MANAGE_FRAMEWORK)


def visible_versions(actor: Actor) -> QuerySet[FrameworkVersion]:
    """Return published versions for all who read content, drafts for those who edit them."""
    versions = FrameworkVersion.objects.select_related("framework")
    if actor.may(Permission.MANAGE_FRAMEWORK):
        return versions
    if any(actor.may(permission) for permission in READERS):
        return versions.filter(state=VersionState.PUBLISHED)
    return versions.none()


def visible_nodes(actor: Actor) -> QuerySet[Node]:
    """Return the entries of the versions that the actor may see, each with its version."""
    nodes = Node.objects.filter(framework_version__in=visible_versions(actor))
    return nodes.select_related("framework_version")


def visible_standards(actor: Actor) -> QuerySet[Standard]:
    """Return the standards of the versions that the actor may see."""
    return Standard.objects.filter(framework_version__in=visible_versions(actor))


def annotate_size(versions: QuerySet[FrameworkVersion]) -> QuerySet[FrameworkVersion]:
    """Add `standard_count`, the number of numbered standards."""
    return versions.annotate(standard_count=Count("standards"))
