"""Every page that a role's navigation names is readable by everybody, wide and narrow."""

import pytest

from chuangwen.demonstration.accounts import ACCOUNTS

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", ["/login/", "/没有这页/"])
def test_pages_for_strangers(sign_in, path):
    assert sign_in("").problems_at(path) == []


@pytest.mark.parametrize("username", [account.username for account in ACCOUNTS])
def test_pages_of_the_navigation(sign_in, username):
    visitor = sign_in(username)
    paths = visitor.navigation()
    assert "/" in paths
    found = {path: visitor.problems_at(path) for path in paths}
    assert {path: problems for path, problems in found.items() if problems} == {}


def test_the_gallery_of_building_blocks(sign_in):
    assert sign_in("chuangwenban").problems_at("/gallery/") == []
