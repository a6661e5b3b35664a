"""Files in, documents out, and back again. The format is told by the bytes, not by the name.

Each format's library is loaded when a file of it comes or goes, not at every start.
"""

from chuangwen.framework.document import FrameworkDocument
from chuangwen.framework.exchange.assembling import assemble
from chuangwen.framework.exchange.layout import FRAMEWORK
from chuangwen.kit.errors import Problems


def _write_xlsx(document: FrameworkDocument) -> bytes:
    from chuangwen.framework.exchange.xlsx_writing import write_xlsx  # noqa: PLC0415

    return write_xlsx(document)


def _write_yaml(document: FrameworkDocument) -> bytes:
    from chuangwen.framework.exchange.yaml_writing import write_yaml  # noqa: PLC0415

    return write_yaml(document)


WRITERS = {"xlsx": _write_xlsx, "yaml": _write_yaml}


def read_parts(whole: bytes, *more: bytes) -> FrameworkDocument:
    """Return one document of several YAML files; the first says which framework it is.

    Raises as `read_framework`.
    """
    from chuangwen.framework.exchange.yaml_reading import read_yaml  # noqa: PLC0415

    problems = Problems()
    tables = read_yaml(whole, problems)
    for part in more:
        own = read_yaml(part, problems)
        tables |= {key: rows for key, rows in own.items() if key != FRAMEWORK.key}
    return assemble(tables, problems)


def read_framework(content: bytes) -> FrameworkDocument:
    """Return the document of an .xlsx or YAML file.

    Raises Invalid when the file cannot be read at all, ImportRefused with all bad rows.
    """
    problems = Problems()
    if content[:2] == b"PK":
        from chuangwen.framework.exchange.xlsx_reading import read_xlsx  # noqa: PLC0415

        return assemble(read_xlsx(content, problems), problems)
    from chuangwen.framework.exchange.yaml_reading import read_yaml  # noqa: PLC0415

    return assemble(read_yaml(content, problems), problems)
