"""Which site types and checklists a viewer may see."""

from django.db.models import Count, QuerySet

from chuangwen.framework.models import CheckLine, Checklist, LineGroup, SiteType
from chuangwen.framework.queries.versions import READERS, visible_versions
from chuangwen.people.actors import Actor


def visible_site_types(actor: Actor) -> QuerySet[SiteType]:
    """Return the site types for all who read content."""
    readable = any(actor.may(permission) for permission in READERS)
    return SiteType.objects.all() if readable else SiteType.objects.none()


def visible_checklists(actor: Actor) -> QuerySet[Checklist]:
    """Return the checklists of the versions that the actor may see, each with its type."""
    checklists = Checklist.objects.filter(framework_version__in=visible_versions(actor))
    return checklists.select_related("site_type", "framework_version__framework")


def visible_groups(actor: Actor) -> QuerySet[LineGroup]:
    """Return the groups of the versions that the actor may see."""
    groups = LineGroup.objects.filter(checklist__framework_version__in=visible_versions(actor))
    return groups.select_related("checklist__framework_version", "checklist__site_type")


def visible_lines(actor: Actor) -> QuerySet[CheckLine]:
    """Return the lines of the versions that the actor may see."""
    lines = CheckLine.objects.filter(checklist__framework_version__in=visible_versions(actor))
    return lines.select_related(
        "checklist__framework_version", "checklist__site_type", "group", "standard"
    )


def annotate_lines(checklists: QuerySet[Checklist]) -> QuerySet[Checklist]:
    """Add `line_count`, the number of lines."""
    return checklists.annotate(line_count=Count("lines"))
