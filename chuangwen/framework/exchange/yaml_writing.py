"""Writing a document as YAML 1.1 that people can read and edit."""

from typing import Any

import yaml

from chuangwen.framework.checklist_document import ChecklistEntry, LineEntry, SiteTypeEntry
from chuangwen.framework.document import (
    FrameworkDocument,
    IndicatorEntry,
    NodeEntry,
    StandardEntry,
)
from chuangwen.framework.exchange.flattening import written, yes_or_no

FORMAT = "chuangwen-framework/1"


def write_yaml(document: FrameworkDocument) -> bytes:
    """Return the file's bytes (UTF-8). The same document gives the same bytes."""
    content = _filled(
        format=FORMAT,
        name=document.name,
        standing=document.standing.value,
        label=document.label,
        source=document.source,
        note=document.note,
        nodes=[_node(node) for node in document.nodes],
        indicators=[_indicator(each) for each in document.indicators],
        site_types=[_site_type(each) for each in document.site_types],
        checklists=[_checklist(each) for each in document.checklists],
    )
    text = yaml.dump(
        content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**9, indent=2
    )
    return str(text).encode()


class _Dumper(yaml.SafeDumper):
    """Keeps lines together, writes several lines as a block, never uses aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent_text)


def _filled(**values: Any) -> dict[str, Any]:
    """Leave out what is empty."""
    return {key: value for key, value in values.items() if value not in ("", None, [], ())}


def _node(node: NodeEntry) -> dict[str, Any]:
    return _filled(
        code=node.code,
        title=node.title,
        nodes=[_node(child) for child in node.children],
        standards=[_standard(each) for each in node.standards],
    )


def _standard(each: StandardEntry) -> dict[str, Any]:
    return _filled(
        code=each.code,
        text=each.text,
        weight=written(each.weight),
        window_months=str(each.window_months or ""),
        owner_hints=list(each.owner_hints),
        source=each.source,
        methods=[
            _filled(
                method=method.method.value,
                weight=written(method.weight),
                requirement=method.requirement,
            )
            for method in each.methods
        ],
        indicators=list(each.indicators),
    )


def _indicator(each: IndicatorEntry) -> dict[str, Any]:
    return _filled(
        name=each.name,
        kind=each.kind.value,
        operator=each.operator.value if each.operator else "",
        value=written(each.value),
        unit=each.unit,
        scope=each.scope,
        references=[kind.value for kind in each.references],
        alternative_of=each.alternative_of,
        text=each.text,
        source=each.source,
        clauses=[{"source": clause.source, "text": clause.text} for clause in each.clauses],
    )


def _site_type(each: SiteTypeEntry) -> dict[str, Any]:
    return _filled(code=each.code, name=each.name, shape=each.shape.value, note=each.note)


def _checklist(each: ChecklistEntry) -> dict[str, Any]:
    return _filled(
        site_type=each.site_type,
        pass_rule=each.pass_rule.value,
        pass_percent=written(each.pass_percent),
        note=each.note,
        source=each.source,
        groups=[
            _filled(title=group.title, lines=[_line(line) for line in group.lines])
            for group in each.groups
        ],
    )


def _line(line: LineEntry) -> dict[str, Any]:
    """Leave out what is as usual, so that people read what is not."""
    usual = LineEntry(code="", text="")
    return _filled(
        code=line.code,
        text=line.text,
        shape=line.shape.value,
        threshold=written(line.threshold),
        unit=line.unit,
        per=written(line.per),
        per_unit=line.per_unit,
        photo="" if line.photo == usual.photo else line.photo.value,
        weight="" if line.weight == usual.weight else written(line.weight),
        is_veto="" if line.is_veto == usual.is_veto else yes_or_no(line.is_veto),
        may_not_apply=""
        if line.may_not_apply == usual.may_not_apply
        else yes_or_no(line.may_not_apply),
        category=line.category,
        days=str(line.days or ""),
        standard=line.standard,
        guidance=line.guidance,
        source=line.source,
    )
