"""What a stored file is never changes, not even past the program."""

import pytest
from django.db import DatabaseError, transaction

from chuangwen.files.actions.storing import store_file
from chuangwen.files.models import StoredFile

from . import samples


@pytest.mark.parametrize(
    "change", [{"sha256": "0" * 64}, {"size": 1}, {"media_type": "text/plain"}], ids=str
)
def test_the_database_refuses_to_change_a_stored_file(li_mei, change):
    stored = store_file(content=samples.PDF, name="a.pdf", by=li_mei)
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        StoredFile.objects.update(**change)
    assert StoredFile.objects.get() == stored
