"""The pages of rounds are readable by everybody, wide and narrow, also those below the list."""

import pytest

pytestmark = pytest.mark.browser

BELOW = ("", "?by=line", "sites/", "pairs/", "agreement/", "report/", "walk/")


def links(visitor, path: str, beginning: str) -> list[str]:
    visitor.page.goto(path)
    found = visitor.page.locator(f'main td a[href^="{beginning}"]').evaluate_all(
        "all => all.map(one => one.getAttribute('href'))"
    )
    return [one for one in found if "?" not in one]


def test_rounds_visits_and_findings(sign_in):
    visitor = sign_in("chuangwenban")
    rounds = links(visitor, "/rounds/", "/rounds/0")
    assert len(rounds) == 2
    paths = [f"{one}{below}" for one in rounds for below in BELOW]
    paths += [
        "/rounds/new/",
        "/rounds/visits/",
        links(visitor, "/rounds/visits/", "/rounds/vis")[0],
    ]
    found = {path: visitor.problems_at(path) for path in paths}
    assert {path: problems for path, problems in found.items() if problems} == {}
