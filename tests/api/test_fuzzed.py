"""Schemathesis reads docs/field-api.json and sends what it allows, and what it does not.

`CHUANGWEN_FUZZ_EXAMPLES=500 ./dev test tests/api/test_fuzzed.py` tries more of it.
"""

import json
import os

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from chuangwen.api.openapi import PAGE
from chuangwen.kit.ids import new_id
from chuangwen.wsgi import application
from tests.inspection.samples import photo, sha
from tests.inspection.walking import sealed

pytestmark = pytest.mark.django_db
EXAMPLES = int(os.environ.get("CHUANGWEN_FUZZ_EXAMPLES", "20"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
OPERATIONS = {
    f"{found.method.upper()} {found.path}": found
    for found in (
        one.ok()
        for one in schemathesis.openapi.from_dict(
            json.loads(PAGE.read_text("utf-8"))
        ).get_all_operations()
    )
}
TOKEN = "t" * 32
LIMITED = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def known(phone, walk):
    """What there is to be named: a round, records in three states, photos here and not here."""
    there, missing = photo(1), photo(2)
    phone.put_blob(there)
    waiting, content = sealed(walk, walk.sites[0], photos=[missing])
    phone.put_record(waiting, content)
    confirmed, content = sealed(walk, walk.sites[1], photos=[there])
    phone.put_record(confirmed, content)
    assert phone.commit(confirmed).status_code == 200
    aside = new_id()
    assert phone.put_record(aside, b"no record").status_code == 422
    return {
        "pk": [str(one) for one in (walk.round.pk, waiting, confirmed, aside)],
        "sha256": [sha(there), sha(missing)],
    }


@pytest.fixture(autouse=True)
def kept_connection(known):
    """A real handler lets go of old connections; this one is the test's, its transaction open.

    After `known`, for the client that it uses sets the signals up again.
    """
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("name", OPERATIONS)
@LIMITED
@given(data=st.data())
def test_whatever_is_sent_is_answered_as_described(phone, known, name, mode, data):
    case = data.draw(OPERATIONS[name].as_strategy(generation_mode=mode))
    for parameter, values in known.items():
        if parameter in case.path_parameters and data.draw(st.booleans()):
            case.path_parameters[parameter] = data.draw(st.sampled_from(values))
    is_signed_in = data.draw(st.integers(0, 9)) > 0
    session = phone.client.cookies["sessionid"].value if is_signed_in else "nobody"
    cookies = f"sessionid={session}; csrftoken={TOKEN}"
    answer = case.call(
        app=lambda environ, start: application({**environ, "HTTP_COOKIE": cookies}, start),
        base_url="http://testserver",
        headers={"X-CSRFToken": TOKEN},
    )
    case.validate_response(answer, checks=CHECKS)
    refused = answer.status_code == 401
    assert refused is (not is_signed_in) or answer.status_code == 404
