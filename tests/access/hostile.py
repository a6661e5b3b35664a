"""A world in which every text is an attack, and a reader that sees whether one succeeded."""

import re
from collections.abc import Iterator
from contextlib import suppress
from html.parser import HTMLParser
from itertools import count
from typing import Any

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.http import HttpResponse

from chuangwen.framework.models import Indicator, IndicatorClause
from chuangwen.notices.enums import NoticeKind
from chuangwen.notices.models import Notice
from chuangwen.people.models import Account
from chuangwen.plan.models import Campaign, Measure, Mechanism, Phase, Target, TaskPart
from chuangwen.tenancy.scope import tenant_scope

from .world import World

# Closes whatever it may stand in, and shows itself as a tag or an attribute if it gets out.
ATTACK = (
    "javascript:attack()//\"'><attack onattack=1></title></textarea></script><attack>"
    "' onattack=1 \" onattack=1 \\u003cattack\\u003e {{ 7|add:70 }}"
)
SHORT_ATTACK = "\"'><attack>"
SHOWN = "&lt;attack"
ADDRESSES = {"href", "src", "action", "formaction", "data", "xlink:href", "poster", "hx-get"}
# Of no text of people: keys, hashes, and what the program itself writes and reads.
TECHNICAL = re.compile(
    r"key|hash|sha256|seal|password|secret|media_type|verb|session|object_type|owner_kind|format|"
    r"operator|period|schema_version|fingerprint|^kind$|"
    r"username"  # sessions are signed in already, and the form of accounts restricts it
)


def plant(world: World) -> int:
    """Put the attack into every text of every row, past all checks; return how many texts."""
    with tenant_scope(world.east.tenant.pk):
        _add_what_the_world_lacks(world)
    _lay_guards_aside()
    planted, number = 0, count(1)
    for model in apps.get_models():
        if not model.__module__.startswith("chuangwen."):
            continue
        rows = getattr(model, "across_tenants", model._default_manager)
        for row in rows.all():
            for name, value in _hostile_fields(model, row, number):
                # A state that a rule of the database ties to a text, or a text it keeps empty.
                with suppress(IntegrityError), transaction.atomic():
                    planted += rows.filter(pk=row.pk).update(**{name: value})
    return planted


def _hostile_fields(model: type[models.Model], row: Any, number: Iterator[int]) -> Iterator[Any]:
    for field in model._meta.concrete_fields:
        if isinstance(field, models.JSONField):
            yield field.name, _hostile_json(getattr(row, field.name))
        if not isinstance(field, models.CharField | models.TextField) or field.choices:
            continue
        if TECHNICAL.search(field.name) or (model.__name__, field.name) == ("Tenant", "code"):
            continue
        length = field.max_length or 10_000
        mark = f"{next(number)}"
        attack = ATTACK if length >= len(ATTACK) + len(mark) else SHORT_ATTACK
        if length >= len(attack) + len(mark):
            yield field.name, attack + mark


def _hostile_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _hostile_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_hostile_json(inner) for inner in value]
    chinese = isinstance(value, str) and re.search("[\u4e00-\u9fff]", value)
    return ATTACK if chinese else value


def _lay_guards_aside() -> None:
    """The database refuses to alter what is published; an attacker had put it there before."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(
                "SELECT DISTINCT tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal"
            )
            for (table,) in cursor.fetchall():
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")


def _add_what_the_world_lacks(world: World) -> None:
    campaign = Campaign.objects.get()
    phase = Phase.objects.create(
        campaign=campaign, name="起步", kind="year", starts_on="2021-01-01", ends_on="2021-12-31"
    )
    Target.objects.create(
        campaign=campaign, phase=phase, name="达标", value=70, year=2021, text="x"
    )
    Mechanism.objects.create(campaign=campaign, name="督查", frequency="每月", actors="区")
    for part in TaskPart.objects.all():
        Measure.objects.create(part=part, position=1, text="措施", due_on="2021-09-30")
        TaskPart.objects.filter(pk=part.pk).update(return_reason="缺时限")
    for indicator in Indicator.objects.all():
        IndicatorClause.objects.create(indicator=indicator, source="一（一）", text="原文")
    for account in Account.objects.filter(tenant=world.east.tenant):
        Notice.objects.create(
            recipient=account, kind=NoticeKind.URGED, subject="催办", body="请办理", key="hostile"
        )


class _Reader(HTMLParser):
    """Reads a page as a browser does and notes what a script could have come in by."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "attack":
            self.faults.append(f"a tag of the attacker at {self.getpos()}")
        given = {name: value or "" for name, value in attrs}
        if tag == "script" and "src" not in given and given.get("type") != "application/json":
            self.faults.append(f"a script inside the page at {self.getpos()}")
        for name, value in given.items():
            if name.startswith(("on", "hx-on")):
                self.faults.append(f"{tag} {name}= at {self.getpos()}")
            start = value.strip().lower()
            runs = start.startswith(("javascript:", "vbscript:"))
            opens = start.startswith("data:") and tag != "img"  # pictures run nothing
            if name in ADDRESSES and (runs or opens):
                self.faults.append(f"{tag} {name}={value[:30]} at {self.getpos()}")

    handle_startendtag = handle_starttag


def faults_of(answer: HttpResponse) -> list[str]:
    """Return how the attack got through in this answer; nothing for what is no page."""
    content = b"".join(answer) if answer.streaming else answer.content
    faults = []
    kind = answer.headers.get("Content-Type", "").split(";")[0]
    if content and kind != "text/html":
        if kind in ("image/svg+xml", "application/xhtml+xml", "text/xml", ""):
            faults.append(f"sent as “{kind}”")
        if answer.headers.get("X-Content-Type-Options") != "nosniff":
            faults.append("the browser may guess what it is")
        return faults
    reader = _Reader()
    text = content.decode()
    reader.feed(text)
    reader.close()
    if "u003e 77" in text:
        faults.append("a text was run as a template")
    if any("\n" in value or "\r" in value for value in answer.headers.values()):
        faults.append("a header in two lines")
    return faults + reader.faults
