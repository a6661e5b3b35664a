"""Names that SQLite accepts and PostgreSQL does not."""

from django.apps import apps


def test_no_constraint_or_index_is_called_like_a_table():
    """PostgreSQL keeps indexes and tables in one namespace."""
    models = apps.get_models(include_auto_created=True)
    tables = {model._meta.db_table for model in models}
    named = [item.name for m in models for item in [*m._meta.constraints, *m._meta.indexes]]
    assert tables.isdisjoint(named), tables & set(named)
