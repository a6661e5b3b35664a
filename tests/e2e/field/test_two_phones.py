"""Two inspectors of a pair, neither with a signal, at the same site."""

import pytest

pytestmark = pytest.mark.browser


def test_both_visits_of_one_site_are_kept_and_the_second_is_flagged(new_phone, district):
    phones = [new_phone(), new_phone()]
    sealed = {}
    for phone in phones:
        phone.download()
        phone.go_offline()
        phone.begin(0)
        phone.answer_all()
        phone.seal()
        sealed |= phone.sealed_records()
    assert len({record["round_site"] for record in sealed.values()}) == 1
    for phone in phones:
        phone.go_offline(False)
        phone.see_records()
        phone.await_counters(1, 1, 1)
        assert phone.visitor.complaints == []
    visits = district.seen()["visits"]
    assert visits.keys() == sealed.keys()
    first, second = sealed  # in the order in which they were sent
    assert (visits[first]["state"], visits[second]["state"]) == ("counted", "extra")
    assert "two_visits" not in visits[first]["flags"]
    assert "two_visits" in visits[second]["flags"]
