"""When two spellings are one name: width, spaces and letter case do not tell units apart."""

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=16_384)  # an import asks for the same few thousand names again and again
def name_key(name: str) -> str:
    """Return the form in which names are compared: NFKC (UAX #15), no blanks, case folded.

    “东区 （创文办）” and “东区(创文办)” have the same key.
    """
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()
