"""House rules about addresses: each one states who may open it."""

from collections.abc import Iterator

from django.urls import URLPattern, get_resolver


def addresses(patterns=None) -> Iterator[URLPattern]:
    """Yield every address, those of included rooms too."""
    for pattern in patterns or get_resolver().url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        else:
            yield from addresses(pattern.url_patterns)


def test_every_address_has_a_gate():
    found = list(addresses())
    assert len(found) > 20
    assert [pattern.name for pattern in found if not hasattr(pattern.callback, "gate")] == []


def test_only_these_addresses_are_open_to_strangers():
    anonymous = {pattern.name for pattern in addresses() if pattern.callback.gate.anonymous}
    assert anonymous == {
        "login",
        "login-code",
        "oidc",
        "oidc-back",
        "cas",
        "cas-back",
        "health",
        "calendar-feed",  # by a secret token
        "field-shell",  # the same for everybody, and about nobody
        "field-manifest",
        "field-worker",
        "paper-verify",  # by the code on a paper; wrong ones have to wait
        "paper-verified",  # by the secret address in its QR code
    }
