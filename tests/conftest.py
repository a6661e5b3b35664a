"""One district for every test that touches the database."""

import hypothesis
import pytest
from django.conf import settings

from chuangwen.audit.actions import open_chain
from chuangwen.people.actors import Actor, system_actor
from chuangwen.tenancy.models import Tenant
from chuangwen.tenancy.scope import tenant_scope

pytest_plugins = ["tests.apart", "tests.laying_out", "tests.ops.made", "tests.probing"]


def pytest_configure() -> None:
    """Passwords of tests guard nothing: the proper costs of Argon2 would be half of some tests."""
    settings.PASSWORD_HASHERS = ["tests.hashing.QuickHasher"]
    # How long an example takes says something of the machine, and nothing of the example.
    unhurried = [hypothesis.HealthCheck.too_slow]
    hypothesis.settings.register_profile(
        "unhurried", deadline=None, suppress_health_check=unhurried
    )
    hypothesis.settings.load_profile("unhurried")


@pytest.fixture
def file_store(settings, tmp_path):
    """A file store of this test's own."""
    settings.CHUANGWEN_DATA = tmp_path / "data"
    return settings.CHUANGWEN_DATA / "files"


@pytest.fixture
def tenant(db, file_store):
    district = Tenant.objects.create(name="东区", code="510402")
    open_chain(tenant_id=district.pk)
    with tenant_scope(district.pk):
        yield district


@pytest.fixture
def system(tenant: Tenant) -> Actor:
    return system_actor(tenant.pk)
