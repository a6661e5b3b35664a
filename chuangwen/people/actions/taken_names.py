"""A name means one unit only, whether as its own name or as an alias."""

from django.db.models import QuerySet

from chuangwen.kit.errors import Invalid
from chuangwen.people.models import Unit, UnitAlias
from chuangwen.people.naming import name_key

LONGEST_NAME, LONGEST_CODE = 100, 40


def checked_name(name: str, *, of: Unit | None = None, field: str = "name") -> str:
    """Return the trimmed name. Raises Invalid when it is empty, too long or another unit's.

    `of` is the unit that is to bear the name: what already belongs to it is no obstacle.
    """
    name = " ".join(name.split())
    key = name_key(name)
    if not key:
        raise Invalid("名称是空的。请填写单位名称。", field=field)
    if max(len(name), len(key)) > LONGEST_NAME:
        raise Invalid(f"名称有 {len(name)} 字，最多 {LONGEST_NAME} 字。请缩短。", field=field)
    owner = _others(Unit.objects.filter(key=key, valid_until__isnull=True), of, "pk").first()
    if owner is not None:
        raise Invalid(f"已有单位“{owner.name}”。请改用现有单位，或先停用它。", field=field)
    aliases = UnitAlias.objects.filter(key=key).select_related("unit")
    alias = _others(aliases, of, "unit_id").first()
    if alias is not None:
        raise Invalid(
            f"“{name}”已是“{alias.unit.name}”的别名。请另取名称，或先去掉那个别名。", field=field
        )
    return name


def checked_code(code: str, *, of: Unit | None = None) -> str:
    """Return the trimmed code, which may be empty. Raises Invalid when it is another unit's."""
    code = code.strip()
    if len(code) > LONGEST_CODE:
        raise Invalid(f"编码有 {len(code)} 位，最多 {LONGEST_CODE} 位。请缩短。", field="code")
    owner = _others(Unit.objects.filter(code=code), of, "pk").first() if code else None
    if owner is not None:
        raise Invalid(f"编码“{code}”已用于“{owner.name}”。请改正编码。", field="code")
    return code


def _others(rows: QuerySet, of: Unit | None, column: str) -> QuerySet:  # type: ignore[type-arg]
    return rows if of is None else rows.exclude(**{column: of.pk})
