"""Text as a PDF can show it: what no font has is marked and told, never left out in silence."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from chuangwen.reports.text import clean_text

GETA = "〓"  # what printers have always set for a character that they lack
# Chooses a shape of the letter before; without that shape the letter itself is right.
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
MOST_NAMED = 20


@dataclass
class Words:
    """Writes texts with the characters that the fonts have, and counts those they have not."""

    characters: Collection[int]
    missing: Counter[str] = field(default_factory=Counter)

    def write(self, text: str) -> str:
        """Return `text` for the page."""
        cleaned = _SELECTORS.sub("", clean_text(text))
        return "".join(self._shown(one) for one in cleaned)

    def _shown(self, character: str) -> str:
        if character == "\n" or ord(character) in self.characters:
            return character
        kind = unicodedata.category(character)
        if kind == "Cf":  # joiners and marks of direction, which have no shape
            return ""
        if kind == "Zs":
            return " "
        self.missing[character] += 1
        return GETA

    @property
    def note(self) -> str:
        """A sentence for the end of the document; empty when nothing is missing."""
        if not self.missing:
            return ""
        named = "、".join(f"U+{ord(one):04X}" for one, _ in self.missing.most_common(MOST_NAMED))
        more = "等" if len(self.missing) > MOST_NAMED else ""
        return (
            f"注：有{len(self.missing)}个字符字库中没有，以“{GETA}”代替，共{self.missing.total()}处"
            f"（Unicode 编码：{named}{more}）。"
        )
