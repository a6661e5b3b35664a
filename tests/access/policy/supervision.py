"""The ladder, and what stands on it. Units see the cases that they see anyway."""

from tests.access.policy.rules import OFFICE, READERS, Address, answers

TABLE = {
    "standings": Address(GET=(answers(200, *READERS),)),
    "standings-export": Address(GET=(answers(200, *READERS),)),
    "ladder": Address(GET=(answers(200, OFFICE),), POST=(answers(422, OFFICE),)),
}
