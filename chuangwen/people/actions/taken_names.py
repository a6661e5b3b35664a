"""A name means one unit only, whether as its own name or as an alias."""

from django.db.models import Q, QuerySet

from chuangwen.kit.errors import Invalid
from chuangwen.people.models import Unit, UnitAlias
from chuangwen.people.naming import name_key

LONGEST_NAME, LONGEST_CODE = 100, 40


def checked_name(name: str, *, of: Unit | None = None, field: str = "name") -> str:
    """Return the trimmed name. Raises Invalid when it is empty, too long or another unit's.

    `of` is the unit that is to bear the name: what already belongs to it is no obstacle.
    """
    return _checked(name, "", of, field)[0]


def checked_name_and_code(name: str, code: str, *, of: Unit | None = None) -> tuple[str, str]:
    """Return both trimmed; the code may be empty. Raises Invalid as `checked_name` does, and when
    the code is too long or another unit's. Two queries for both."""
    return _checked(name, code, of, "name")


def _checked(name: str, code: str, of: Unit | None, field: str) -> tuple[str, str]:
    name, code = " ".join(name.split()), code.strip()
    key = name_key(name)
    if not key:
        raise Invalid("名称是空的。请填写单位名称。", field=field)
    if max(len(name), len(key)) > LONGEST_NAME:
        raise Invalid(f"名称有 {len(name)} 字，最多 {LONGEST_NAME} 字。请缩短。", field=field)
    if len(code) > LONGEST_CODE:
        raise Invalid(f"编码有 {len(code)} 位，最多 {LONGEST_CODE} 位。请缩短。", field="code")
    namesake, same_code = Q(key=key, valid_until__isnull=True), Q(code=code)
    owners = Unit.objects.filter(namesake | same_code if code else namesake)
    for owner in _others(owners, of, "pk"):
        if owner.key == key and owner.valid_until is None:
            raise Invalid(f"已有单位“{owner.name}”。请改用现有单位，或先停用它。", field=field)
        raise Invalid(f"编码“{code}”已用于“{owner.name}”。请改正编码。", field="code")
    aliases = UnitAlias.objects.filter(key=key).select_related("unit")
    alias = _others(aliases, of, "unit_id").first()
    if alias is not None:
        raise Invalid(
            f"“{name}”已是“{alias.unit.name}”的别名。请另取名称，或先去掉那个别名。", field=field
        )
    return name, code


def _others(rows: QuerySet, of: Unit | None, column: str) -> QuerySet:  # type: ignore[type-arg]
    return rows if of is None else rows.exclude(**{column: of.pk})
