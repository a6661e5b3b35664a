"""Documents of the genre from other places; what a reader finds in each is in its fixture."""

from __future__ import annotations

from typing import Any

import pytest

from chuangwen.plan.parsing import parse, to_json
from tests.plan.parsing.builders import FIXTURES, load, source_of

NAMES = sorted(path.stem for path in FIXTURES.glob("*.yaml") if path.stem != "notice_expected")
ROLES = {"lead": "lead_units", "responsible": "responsible_units", "supporting": "supporting_units"}


@pytest.fixture(scope="module", params=NAMES)
def case(request: pytest.FixtureRequest) -> tuple[dict[str, Any], dict[str, Any]]:
    fixture = load(request.param)
    return fixture["expect"], to_json(parse(source_of(fixture)))


def fits(found: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Whether an item has all the wanted values; x_has asks for a part of a text."""
    return all(_agrees(found, key, value) for key, value in wanted.items())


def _agrees(found: dict[str, Any], key: str, value: Any) -> bool:
    if key in ROLES:
        return bool([unit["name"] for unit in found[ROLES[key]]] == value)
    if key == "leaders":
        return bool([person["name"] for person in found["leaders"]] == value)
    if key in ("due", "recurring"):
        return bool((found["deadline"] or {}).get(key) == value)
    if key.endswith("_has"):
        return value in (found[key[:-4]] or "")
    return bool((len(found["tasks"]) if key == "tasks" else found[key]) == value)


def check(wanted: list[dict[str, Any]], found: list[dict[str, Any]]) -> None:
    for one in wanted:
        assert any(fits(item, one) for item in found), (
            f"nothing fits {one} among {[_brief(item) for item in found]}"
        )


def _brief(item: dict[str, Any]) -> dict[str, Any]:
    brief = {}
    for key, value in item.items():
        if key in ROLES.values():
            brief[key] = [unit["name"] for unit in value]
        elif key == "tasks":
            brief[key] = len(value)
        elif key in ("text", "sentences", "mentions", "start", "end", "heading"):
            continue
        else:
            brief[key] = value
    return brief


def test_documents(case: tuple[dict[str, Any], dict[str, Any]]) -> None:
    expect, found = case
    wanted = expect.get("documents", [])
    check(wanted, found["documents"])
    assert not wanted or len(found["documents"]) == len(wanted)


def test_areas(case: tuple[dict[str, Any], dict[str, Any]]) -> None:
    expect, found = case
    if "areas" in expect:
        assert [area["title"] for area in found["areas"]] == expect["areas"]


def test_actions_with_their_owners(case: tuple[dict[str, Any], dict[str, Any]]) -> None:
    expect, found = case
    if "actions" in expect:
        check(expect["actions"], found["actions"])
        assert len(found["actions"]) >= len(expect["actions"])
        if not expect["actions"]:
            assert found["actions"] == []


def test_tasks_with_owners_and_deadlines(case: tuple[dict[str, Any], dict[str, Any]]) -> None:
    expect, found = case
    tasks = [task for action in found["actions"] for task in action["tasks"]]
    check(expect.get("tasks", []), tasks)


def test_phases_and_targets(case: tuple[dict[str, Any], dict[str, Any]]) -> None:
    expect, found = case
    check(expect.get("phases", []), found["phases"])
    check(expect.get("targets", []), found["targets"])


def test_indicators(case: tuple[dict[str, Any], dict[str, Any]]) -> None:
    expect, found = case
    check(expect.get("indicators", []), found["indicators"])
    for kind in ("numeric", "relative"):
        if f"{kind}_count" in expect:
            own = [item for item in found["indicators"] if item["kind"] == kind]
            assert len(own) == expect[f"{kind}_count"], [item["text"] for item in own]


def test_mechanisms(case: tuple[dict[str, Any], dict[str, Any]]) -> None:
    expect, found = case
    check(expect.get("mechanisms", []), found["mechanisms"])


def test_units(case: tuple[dict[str, Any], dict[str, Any]]) -> None:
    expect, found = case
    names = {name for unit in found["units"] for name in (unit["name"], *unit["aliases"])}
    assert set(expect.get("units", [])) <= names
    assert not names & set(expect.get("not_units", []))


def test_flaws(case: tuple[dict[str, Any], dict[str, Any]]) -> None:
    expect, found = case
    check(expect.get("anomalies", []), found["anomalies"])
    kinds = {anomaly["kind"] for anomaly in found["anomalies"]}
    assert not kinds & set(expect.get("no_anomalies", [])), [
        (a["kind"], a["text"]) for a in found["anomalies"] if a["kind"] in expect["no_anomalies"]
    ]
