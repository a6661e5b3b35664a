"""The documents tell the truth: what they name exists, and what exists is named."""

import importlib
import re
from pathlib import Path

import pytest
from django.apps import apps

import chuangwen

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
NOTICE = ROOT / "chuangwen/plan/samples/panzhihua-dongqu-2021.txt"
ROW = re.compile(r"^\| (?P<term>[^|]+) \| `(?P<name>\w+\.\w+)` \| [^|]+ \| (?P<source>[^|]+) \|$")
NAMED = re.compile(r"`(\w+)\.([A-Z]\w+)`")
PLACES = ("models", "enums", "roles")


def glossary() -> list[re.Match[str]]:
    lines = (DOCS / "glossary.md").read_text().splitlines()
    return [row for line in lines if (row := ROW.match(line))]


def our_models() -> dict[str, str]:
    """Return the Chinese name of every model, by `room.Class`."""
    return {
        f"{model._meta.app_label}.{model.__name__}": str(model._meta.verbose_name)
        for model in apps.get_models()
        if model.__module__.startswith("chuangwen.")
    }


def exists(room: str, name: str) -> bool:
    for place in PLACES:
        try:
            module = importlib.import_module(f"chuangwen.{room}.{place}")
        except ModuleNotFoundError:
            continue
        if hasattr(module, name):
            return True
    return False


def rooms() -> list[str]:
    package = Path(chuangwen.__file__).parent
    return sorted(path.parent.name for path in package.glob("*/__init__.py"))


def test_every_table_has_its_line_in_the_glossary_under_its_own_name():
    assert {row["name"]: row["term"].strip() for row in glossary()} == our_models()


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=lambda page: page.name)
def test_every_class_that_a_page_names_exists(page):
    known = set(rooms())
    named = [found for found in NAMED.findall(page.read_text()) if found[0] in known]
    assert [".".join(one) for one in named if not exists(*one)] == []


def test_what_the_glossary_quotes_stands_in_the_notice():
    notice = NOTICE.read_bytes().decode()
    quotes = [quote for row in glossary() for quote in re.findall("“([^”]+)”", row["source"])]
    assert len(quotes) > 20
    assert [quote for quote in quotes if quote not in notice] == []


@pytest.mark.parametrize("room", rooms())
def test_every_room_has_its_page_and_the_architecture_links_to_it(room):
    page = DOCS / "rooms" / f"{room}.md"
    assert page.is_file(), f"write docs/rooms/{room}.md: what it owns, its rules, its files"
    assert f"rooms/{room}.md" in (DOCS / "architecture.md").read_text()


@pytest.mark.parametrize(
    "page", [*ROOT.glob("*.md"), *DOCS.rglob("*.md")], ids=lambda page: page.name
)
def test_every_link_leads_somewhere(page):
    """Within the project; other sites are theirs to keep."""
    text = re.sub(r"`[^`]*`|^ {4}.*$", "", page.read_text(), flags=re.MULTILINE)  # no code
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text)
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=lambda page: page.name)
def test_every_file_that_a_page_names_exists(page):
    """Whole paths in backticks; those with a placeholder are left out."""
    named = re.findall(
        r"`((?:chuangwen|tests|frontend|docs|benchmarks)/[\w./-]+)`", page.read_text()
    )
    built = ("frontend/node_modules", "chuangwen/static/build")
    missing = [one for one in named if not (ROOT / one).exists() and not one.startswith(built)]
    assert missing == []


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_newcomers_are_led_to_architecture_and_glossary(page):
    text = (ROOT / page).read_text()
    assert "docs/architecture.md" in text
    assert "docs/glossary.md" in text
