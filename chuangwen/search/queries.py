"""Finding. All words must occur; the caller says which rows the viewer may see."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Exists, Model, OuterRef, QuerySet

from chuangwen.kit.rows import one_by_one
from chuangwen.search.models import Posting, SearchText
from chuangwen.search.pairs import CODE_BITS, pairs_of, shelf, term
from chuangwen.search.sources import source_of
from chuangwen.tenancy.scope import current_tenant_id

M = TypeVar("M", bound=Model)
MANY = 2000


def matching(
    rows: "QuerySet[M]",
    words: Sequence[str],
    *,
    named: type[Model] | None = None,
    key: str = "pk",
) -> "QuerySet[M]":
    """Keep the rows in whose text every word occurs; stays a query, to be filtered and sorted.

    With `named` and `key`: the rows that name such an object in that column. One query
    beforehand: it asks which pair is rarest. Up to MANY rows are found through that pair and
    sorted as the caller likes; where even the rarest is frequent, the rows are walked in the
    caller's order and looked up in the index, which soon fills a page.
    """
    if not words:
        return rows
    number = shelf(current_tenant_id(), source_of(named or rows.model).kind)
    terms = _terms(number, words)
    if not terms:
        beginning = _beginning_with(number, words[0]).values("object_id")
        rows = rows.filter(**{f"{key}__in": beginning})
    else:
        counts = _frequencies(terms)
        rarest = min(terms, key=counts.__getitem__)
        if counts[rarest] < MANY:
            others = [one for one in terms if one != rarest]
            found = _having(Posting.objects.filter(term=rarest), others, "object_id")
            rows = rows.filter(**{f"{key}__in": found.values("object_id")})
        else:
            rows = _looked_up(rows, terms, key)
    return _containing(rows, words, key)


def hits(rows: "QuerySet[M]", words: Sequence[str]) -> "QuerySet[Any, Any]":
    """Return the keys of the matching rows as `object_id`, the oldest object first.

    In this order a page costs the same however many objects match: it is read off the index.
    No query beforehand, so that several kinds can be asked for at once.
    """
    number = shelf(current_tenant_id(), source_of(rows.model).kind)
    terms = _terms(number, words)
    if terms:
        found = _having(Posting.objects.filter(term=terms[0]), terms[1:], "object_id")
    else:
        found = _beginning_with(number, words[0]) if words else Posting.objects.none()
    found = _containing(found, words, "object_id")
    visible = rows.order_by().filter(pk=OuterRef("object_id"))
    shown = one_by_one(found, visible.values("pk")).order_by("object_id").values("object_id")
    return shown if terms else shown.distinct()


def _terms(number: int, words: Sequence[str]) -> list[int]:
    pairs = dict.fromkeys(pair for word in words for pair in pairs_of(word))
    return [term(number, *pair) for pair in pairs]


def _looked_up(rows: "QuerySet[M]", terms: Sequence[int], key: str) -> "QuerySet[M]":
    """Keep the rows that have the terms, asked row by row."""
    for one in terms:
        rows = one_by_one(
            rows, Posting.objects.filter(term=one, object_id=OuterRef(key)).values("term")
        )
    return rows


def _having(rows: "QuerySet[M]", terms: Sequence[int], key: str) -> "QuerySet[M]":
    for one in terms:
        rows = rows.filter(Exists(Posting.objects.filter(term=one, object_id=OuterRef(key))))
    return rows


def _containing(rows: "QuerySet[M]", words: Sequence[str], key: str) -> "QuerySet[M]":
    """Look into the text for what pairs do not tell: longer words, and single characters."""
    for word in words:
        if len(word) != 2:
            texts = SearchText.objects.filter(pk=OuterRef(key), text__contains=word)
            rows = one_by_one(rows, texts.values("pk"))
    return rows


def _beginning_with(number: int, word: str) -> "QuerySet[Posting]":
    first = term(number, ord(word[0]), 0)
    return Posting.objects.filter(term__range=(first, first + (1 << CODE_BITS) - 1))


def _frequencies(terms: Sequence[int]) -> dict[int, int]:
    """Return how many objects have each term, counted up to MANY. One query."""
    table = Posting._meta.db_table
    some = f"SELECT 1 FROM {table} WHERE term = %s LIMIT {MANY}"  # noqa: S608 - own names
    one = f"(SELECT count(*) FROM ({some}) AS counted)"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join([one] * len(terms)), list(terms))
        return dict(zip(terms, cursor.fetchone(), strict=True))
