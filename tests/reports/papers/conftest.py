"""A case of a bureau to write about, 王芳 who drafts and 陈建国 who signs."""

from tests.documents.conftest import (
    _day,
    bureau,
    category,
    dispatched,
    filed,
    housing,
    leader,
    office,
    office_unit,
    reported,
    seen,
)

__all__ = [
    "_day",
    "bureau",
    "category",
    "dispatched",
    "filed",
    "housing",
    "leader",
    "office",
    "office_unit",
    "reported",
    "seen",
]
