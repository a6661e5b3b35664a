"""Reading every stored byte again and comparing it with its name."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from chuangwen.files.models import Attachment, StoredFile
from chuangwen.files.owners import owner_kind
from chuangwen.files.stores import configured_store
from chuangwen.files.stores.base import BlobStore

CHUNK = 2**20


@dataclass(frozen=True)
class Fault:
    """A file of which something is wrong, in words, with a name it is attached under."""

    file: StoredFile
    what: str

    def __str__(self) -> str:
        named = Attachment.across_tenants.filter(file=self.file).order_by("added_at").first()
        where = f"（“{named.name}”）" if named else ""
        return f"{self.file.sha256}{where}：{self.what}"


def verify_files() -> Iterator[Fault | None]:
    """Yield for every row of every tenant its fault, or None when all is well."""
    store = configured_store()
    for file in StoredFile.across_tenants.order_by("pk").iterator(chunk_size=500):
        what = _fault_of(store, file)
        yield Fault(file, what) if what else None


def unknown_owners() -> set[str]:
    """Return kinds of owners that no installed room knows: their files cannot be opened."""
    kinds = Attachment.across_tenants.order_by().values_list("owner_kind", flat=True).distinct()
    return {kind for kind in kinds if owner_kind(kind) is None}


def _fault_of(store: BlobStore, file: StoredFile) -> str:
    digest, size = hashlib.sha256(), 0
    try:
        with store.open(file.key) as content:
            while block := content.read(CHUNK):
                digest.update(block)
                size += len(block)
    except FileNotFoundError:
        return "内容缺失。请从备份中补回，或重新上传同一文件"
    if digest.hexdigest() != file.sha256 or size != file.size:
        return "内容与哈希不符，可能是磁盘损坏或被改动。请从备份中补回，或重新上传同一文件"
    return ""
