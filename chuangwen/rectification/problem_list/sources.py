"""Where problems come from, as offices call it."""

from chuangwen.people.naming import name_key
from chuangwen.rectification.enums import Source

LABELS = {name_key(str(source.label)): source for source in Source}
# The first word that a cell has decides.
WORDS = (
    ("暗访", Source.UNANNOUNCED),
    ("拉练", Source.TOUR),
    ("人大", Source.CONGRESS),
    ("政协", Source.CONSULTATIVE),
    ("媒体", Source.MEDIA),
    ("社会监督", Source.SOCIETY),
    ("舆情", Source.OPINION),
    ("12345", Source.HOTLINE),
    ("热线", Source.HOTLINE),
    ("数字城管", Source.HOTLINE),
    ("领导", Source.LEADER),
    ("交办", Source.LEADER),
    ("自查", Source.SELF),
    ("群众", Source.CITIZEN),
    ("投诉", Source.CITIZEN),
    ("创文办", Source.CITY_OFFICE),
    ("日常督查", Source.CITY_OFFICE),
    ("实地测评", Source.INSPECTION),
    ("实地考察", Source.INSPECTION),
    ("测评", Source.INSPECTION),
)


def source_of(written: str) -> Source | None:
    """Return the source that is meant; None for one that nobody has thought of."""
    key = name_key(written)
    if key in LABELS:
        return LABELS[key]
    return next((source for word, source in WORDS if word in key), None)
