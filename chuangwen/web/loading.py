"""Loading one object for a page: foreign objects answer exactly as non-existent ones."""

import datetime
import uuid
from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest, QueryDict

from chuangwen.kit import typed
from chuangwen.kit.errors import IllegalTransition, Invalid, NotFound

M = TypeVar("M", bound=Model)


def load(visible: QuerySet[M], pk: object) -> M:
    """Return the object among those the viewer may see. Raises NotFound."""
    found = visible.filter(pk=pk).first()
    if found is None:
        raise NotFound("没有找到您要的内容。可能已被删除，或不属于您的单位。")
    return found


def load_ticked(
    visible: QuerySet[M], given: QueryDict, field: str, *, noun: str, measure: str, most: int
) -> list[M]:
    """Return the objects that were ticked in a list, in the order of their document.

    Raises Invalid for none, too many or a wrong number, IllegalTransition when one is gone. `noun`
    and its `measure` (任务, 项) are for the message.
    """
    try:
        keys = {uuid.UUID(raw) for raw in given.getlist(field)}
    except ValueError as error:
        raise Invalid(f"{noun}编号不对。请返回列表重新勾选。") from error
    if not keys or len(keys) > most:
        raise Invalid(f"勾选了 {len(keys)} {measure}{noun}。请返回列表勾选 1 至 {most} {measure}。")
    found = list(visible.filter(pk__in=keys).order_by("position", "pk"))
    if len(found) != len(keys):
        raise IllegalTransition(f"有{noun}已不存在。请返回列表，刷新后重新勾选。")
    return found


def ticked_versions(ticks: Iterable[str], refusal: str) -> dict[uuid.UUID, int]:
    """Return key → version of what was ticked, as “key:version”. Raises Invalid with `refusal`."""
    versions: dict[uuid.UUID, int] = {}
    for raw in ticks:
        key, _, version = raw.partition(":")
        found, number = typed.identifier(key), typed.whole_number(version)
        if found is None or number is None:
            raise Invalid(refusal)
        versions[found] = number
    return versions


def posted_version(request: HttpRequest) -> int:
    """Return the version the viewer was looking at. Raises Invalid when the form lost it."""
    version = typed.whole_number(request.POST.get("version", ""))
    if version is None:
        raise Invalid("页面缺少版本信息。请刷新页面后重新提交。")
    return version


def posted_day(request: HttpRequest, name: str, label: str) -> datetime.date:
    """Return a date field. Raises Invalid with the value as typed."""
    raw = request.POST.get(name, "").strip()
    try:
        return typed.day(raw)
    except ValueError as error:
        raise Invalid(
            f"“{label}”的“{raw}”不是日期。请写成 2021-09-30 的样子。", field=name
        ) from error
