"""Field sync. What happens to real records and photos is in tests/api."""

from tests.access.policy.rules import INSPECTOR, OFFICE, SIGNED_IN, Address, answers

MAY = (OFFICE, INSPECTOR)
RECORD = {"pk": "01900000-0000-7000-8000-000000000000"}

TABLE = {
    "field-session": Address(GET=(answers(200, *SIGNED_IN),), api=True),
    "field-rounds": Address(GET=(answers(200, *MAY),), api=True),
    # Nobody of the two walks in a pair of it.
    "field-round": Address(GET=(answers(404, *MAY),), path=RECORD, api=True),
    # The name of no photo, and an empty body.
    "field-blob": Address(
        HEAD=(answers(404, *MAY),), PUT=(answers(400, *MAY),), path={"sha256": "0" * 64}, api=True
    ),
    # An empty body is no sealed record: kept, for a person to look at.
    "field-record": Address(
        GET=(answers(404, *SIGNED_IN),), PUT=(answers(422, *MAY),), path=RECORD, api=True
    ),
    "field-commit": Address(POST=(answers(404, *SIGNED_IN),), path=RECORD, api=True),
}
