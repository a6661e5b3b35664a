"""From text to pairs of characters. Pure; see docs/adr/0004-search-by-pairs-of-characters.md.

Chinese is written without blanks, and a dictionary cuts 网报点位 where it likes. Every two
neighbouring characters are indexed instead, so that any word of two characters is found wherever
it stands, and longer ones by all their pairs.
"""

import hashlib
import itertools
import unicodedata
import uuid

LONGEST_QUERY = 60
CODE_BITS = 21  # of a Unicode code point
END = 0  # stands after the last character of a run, so that every character begins a pair


def fold(text: str) -> str:
    """Return letters and digits only, width and case evened out; one blank between runs."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def words_of(query: str) -> list[str]:
    """Return the words that somebody asked for, each once; all of them must be found."""
    return list(dict.fromkeys(fold(query)[:LONGEST_QUERY].split()))


def pairs_of(word: str) -> list[tuple[int, int]]:
    """Return the neighbouring characters of a word."""
    codes = [ord(character) for character in word]
    return list(itertools.pairwise(codes))


def shelf(tenant_id: uuid.UUID, kind: str) -> int:
    """Return the number under which a tenant's objects of a kind are indexed.

    Two tenants may share one by chance: that costs time and shows nothing, because what is found
    is always joined with the tenant's own rows.
    """
    digest = hashlib.blake2b(f"{tenant_id.hex}{kind}".encode(), digest_size=4).digest()
    return int.from_bytes(digest) & ((1 << CODE_BITS) - 1)


def term(number: int, first: int, second: int) -> int:
    """Return one whole number for a pair on a shelf: it fits 63 bits."""
    return (number << 2 * CODE_BITS) | (first << CODE_BITS) | second


def terms_of_text(number: int, folded: str) -> set[int]:
    """Return the terms under which a folded text is found."""
    terms: set[int] = set()
    for run in folded.split():
        terms.update(term(number, *pair) for pair in pairs_of(run))
        terms.add(term(number, ord(run[-1]), END))
    return terms
