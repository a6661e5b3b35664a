"""The phone's app: a gate for those who inspect; what the phone keeps says nothing of anybody."""

from tests.access.policy.rules import INSPECTOR, OFFICE, VIEWERS, Address, answers

TABLE = {
    "field": Address(GET=(answers(200, OFFICE, INSPECTOR),)),
    "field-shell": Address(GET=(answers(200, *VIEWERS),)),
    "field-manifest": Address(GET=(answers(200, *VIEWERS),)),
    "field-worker": Address(GET=(answers(200, *VIEWERS),)),
}
