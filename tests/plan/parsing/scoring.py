"""Compares a reading of a document with what a person reads in it, kind by kind.

The expectation of a document in corpus/ is complete: what it does not list must not be found.
`python -m tests.plan.parsing.scoring` prints precision and recall over all of them.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from chuangwen.plan.parsing import parse, to_json
from chuangwen.plan.reading import read_document
from chuangwen.plan.reading.model import ReadText
from tests.plan.parsing import builders
from tests.plan.parsing.builders import table_text

CORPUS = Path(__file__).parent / "corpus"
ROLES = {"lead": "lead_units", "resp": "responsible_units", "supp": "supporting_units"}
Facts = dict[str, Counter[tuple[Any, ...]]]


def names() -> list[str]:
    return sorted(path.stem for path in CORPUS.glob("*.yaml"))


def load(name: str) -> dict[str, Any]:
    return yaml.safe_load((CORPUS / f"{name}.yaml").read_text(encoding="utf-8"))


def source_of(case: dict[str, Any]) -> ReadText | str:
    """Text as pasted, a web page as it is served, a file, or blocks as a reader lays out."""
    if "html" in case:
        return read_document(case["html"].encode(case.get("encoding", "utf-8")), "网页.html")
    if "table" in case:
        table = case["table"]
        return table_text(table["title"], table["rows"], table.get("tail", ""))
    if "sheets" in case:
        return read_document(builders.workbook(case["sheets"]), "责任表.xlsx")
    if "blocks" in case:
        return builders.laid_out(case["blocks"])
    if "encoding" in case:
        return read_document(case["text"].encode(case["encoding"]), "方案.txt")
    return str(case["text"])


def found_facts(result: dict[str, Any]) -> Facts:
    """What the parser read, as facts that can be counted."""
    sections = [*result["areas"], *result["actions"], *result["key_works"]]
    tasks = [task for section in sections for task in section["tasks"]]
    tasks += [task for phase in result["phases"] for task in phase["tasks"]]
    return {
        "documents": _count(
            (d["kind"], d["title"], d["issuer"], d["date"], d["file_number"])
            for d in result["documents"]
        ),
        "areas": _count((a["title"],) for a in result["areas"]),
        "actions": _count((a["title"],) for a in result["actions"]),
        "key_works": _count((a["title"],) for a in result["key_works"]),
        "owners": _count(fact for one in result["actions"] for fact in _held(one)),
        "task_owners": _count(fact for task in tasks for fact in _held(task)),
        "leaders": _count(
            (person["name"],) for one in (*result["actions"], *tasks) for person in one["leaders"]
        ),
        "deadlines": _count(
            (opening(task["title"]), task["deadline"]["due"], task["deadline"]["recurring"])
            for task in tasks
            if task["deadline"]
        ),
        "indicators": _count(
            _indicator(i) for i in result["indicators"] if i["kind"] != "qualitative"
        ),
        "targets": _count(
            (t["year"], t["name"], t["operator"], t["value"], t["unit"]) for t in result["targets"]
        ),
        "phases": _count((p["name"], p["from"], p["to"]) for p in result["phases"]),
        "frequencies": _count(
            (m["name"], m["frequency"]) for m in result["mechanisms"] if m["frequency"]
        ),
        "units": _count((n,) for unit in result["units"] for n in (unit["name"], *unit["aliases"])),
        "anomalies": _count((a["kind"], a["text"]) for a in result["anomalies"]),
    }


def opening(title: str) -> str:
    """The first clause of a title: how much of a sentence serves as title is a matter of taste."""
    return re.split("[，,；;。]", title, maxsplit=1)[0]


def _count(facts: Iterable[tuple[Any, ...]]) -> Counter[tuple[Any, ...]]:
    return Counter(facts)


def _held(item: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [
        (opening(item["title"]), role, unit["name"])
        for role, key in ROLES.items()
        for unit in item[key]
    ]


def _indicator(item: dict[str, Any]) -> tuple[Any, ...]:
    if item["kind"] == "relative":
        return (item["name"], item["operator"], item["reference"], None, item["year"])
    value = item["value"] if item["upper"] is None else f"{item['value']}-{item['upper']}"
    return (item["name"], item["operator"], value, item["unit"], item["year"])


def wanted_facts(expect: dict[str, Any]) -> Facts:
    """The expectation in the same form; a section is [title, {lead, resp, supp}] or a title."""
    owners = [fact for one in expect.get("actions", []) for fact in _wanted_held(one)]
    task_owners = [fact for one in expect.get("tasks", []) for fact in _wanted_held(one)]
    units = {unit for _, _, unit in (*owners, *task_owners)} | set(expect.get("units", []))
    return {
        "documents": _count(_filled(d, 5) for d in expect.get("documents", [])),
        "areas": _count((a,) for a in expect.get("areas", [])),
        "actions": _count((_title(a),) for a in expect.get("actions", [])),
        "key_works": _count((a,) for a in expect.get("key_works", [])),
        "owners": _count(owners),
        "task_owners": _count(task_owners),
        "leaders": _count((name,) for name in expect.get("leaders", [])),
        "deadlines": _count(
            (opening(d[0]), *_filled(d[1:], 2)) for d in expect.get("deadlines", [])
        ),
        "indicators": _count(_filled(i, 5) for i in expect.get("indicators", [])),
        "targets": _count(_filled(t, 5) for t in expect.get("targets", [])),
        "phases": _count(_filled(p, 3) for p in expect.get("phases", [])),
        "frequencies": _count(tuple(m) for m in expect.get("frequencies", [])),
        "units": _count((unit,) for unit in units),
        "anomalies": _count(tuple(a) for a in expect.get("anomalies", [])),
    }


def _title(section: Any) -> str:
    return str(section if isinstance(section, str) else section[0])


def _wanted_held(section: Any) -> list[tuple[str, str, str]]:
    if isinstance(section, str) or len(section) == 1:
        return []
    title, roles = section
    return [
        (opening(title), role, unit) for role, listed in roles.items() for unit in listed.split()
    ]


def _filled(values: list[Any], size: int) -> tuple[Any, ...]:
    return (*values, *[None] * (size - len(values)))


def compare(name: str) -> tuple[Facts, Facts]:
    """(wanted, found) of one document of the corpus."""
    case = load(name)
    return wanted_facts(case["expect"]), found_facts(to_json(parse(source_of(case))))


def main(chosen: list[str]) -> None:
    """Print the differences of every document, then precision and recall per kind."""
    totals: dict[str, list[int]] = {}
    for name in chosen or names():
        wanted, found = compare(name)
        for kind in wanted:
            both = wanted[kind] & found[kind]
            total = totals.setdefault(kind, [0, 0, 0])
            for index, one in enumerate((both, wanted[kind], found[kind])):
                total[index] += one.total()
            for sign, rest in (("-", wanted[kind] - both), ("+", found[kind] - both)):
                for fact in rest.elements():
                    print(f"{name} {kind} {sign} {fact}")
    for kind, total in [
        *totals.items(),
        ("total", [sum(c) for c in zip(*totals.values(), strict=True)]),
    ]:
        both, wanted_count, found_count = total
        print(
            f"{kind:12} wanted {wanted_count:5} found {found_count:5} "
            f"precision {both / max(1, found_count):.3f} recall {both / max(1, wanted_count):.3f}"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
