"""王芳 of 创文办 and clerks of two bureaus at their browsers, and a ladder."""

from tests.supervision.conftest import (  # noqa: F401 - fixtures
    _day,
    answered,
    builder,
    bureau,
    cast,
    category,
    clerk,
    dispatched,
    draft,
    drafted,
    filed,
    give,
    head,
    housing,
    inspector,
    ladder,
    leader,
    office,
    office_unit,
    reported,
    seen,
    served,
    street,
)
from tests.web.rectification.conftest import (  # noqa: F401 - fixtures
    at_bureau,
    at_housing,
    at_office,
    in_the_field,
)
