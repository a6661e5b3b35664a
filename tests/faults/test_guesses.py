"""Eight processes guess a password at the same moment, on each database."""

from tests.faults.client import GUESSERS

COUNTED = """
from chuangwen.commands import start_django; start_django()
from chuangwen.people.models import LoginAttempt
print(*sorted(LoginAttempt.objects.values_list("failures", flat=True)))
"""


def test_no_more_guesses_are_judged_together_than_one_after_the_other(district, together):
    assert together("guess", GUESSERS) == ["SignInRefused"] * GUESSERS
    found = district.python(COUNTED)
    assert found.returncode == 0, found.stderr
    assert found.stdout.split() == ["5"] * 3, "by name and address, by name, by address"
