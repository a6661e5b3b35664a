"""What phones sent and a person decides on, and what struck in visits."""

from tests.access.policy.rules import OFFICE, Address, answers

SEE = (answers(200, OFFICE),)
NO_REASON = (answers(422, OFFICE),)

TABLE = {
    "field-records": Address(GET=SEE),
    "field-rescue": Address(GET=SEE, POST=(answers(422, OFFICE),)),  # no file
    "field-record-page": Address("record", GET=SEE),
    "field-record-content": Address("record", GET=SEE),
    "field-record-accept": Address("record", POST=NO_REASON),
    "field-record-dismiss": Address("record", POST=NO_REASON),
    # The photo has not arrived.
    "field-record-photo": Address("record", GET=(answers(404, OFFICE),), path={"sha256": "0" * 64}),
    "visit-flags": Address(GET=SEE),
    "visit-flags-settle": Address(POST=(answers(422, OFFICE),)),  # nothing ticked
}
