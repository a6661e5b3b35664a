"""Files in, documents out, and back again. The format is told by the bytes, not by the name."""

from chuangwen.framework.document import FrameworkDocument
from chuangwen.framework.exchange.assembling import assemble
from chuangwen.framework.exchange.xlsx_reading import read_xlsx
from chuangwen.framework.exchange.xlsx_writing import write_xlsx
from chuangwen.framework.exchange.yaml_reading import read_yaml
from chuangwen.framework.exchange.yaml_writing import write_yaml
from chuangwen.kit.errors import Problems

WRITERS = {"xlsx": write_xlsx, "yaml": write_yaml}


def read_framework(content: bytes) -> FrameworkDocument:
    """Return the document of an .xlsx or YAML file.

    Raises Invalid when the file cannot be read at all, ImportRefused with all bad rows.
    """
    problems = Problems()
    is_workbook = content[:2] == b"PK"
    tables = read_xlsx(content, problems) if is_workbook else read_yaml(content, problems)
    return assemble(tables, problems)
