"""House rules about addresses: each one states who may open it."""

from django.urls import get_resolver


def test_every_address_has_a_gate():
    views = {
        pattern.name: pattern.callback for pattern in get_resolver().url_patterns[0].url_patterns
    }
    assert views
    assert [name for name, view in views.items() if not hasattr(view, "gate")] == []


def test_only_these_addresses_are_open_to_strangers():
    patterns = get_resolver().url_patterns[0].url_patterns
    assert {p.name for p in patterns if p.callback.gate.anonymous} == {"login", "health"}
