"""The files of a form: those sent ahead, and those that came with it."""

import uuid
from dataclasses import dataclass, field

from chuangwen.files.actions.attaching import gone
from chuangwen.files.actions.uploads import upload_file
from chuangwen.files.models import Upload
from chuangwen.files.queries import own_uploads
from chuangwen.kit.errors import Invalid
from chuangwen.web.gate import ActorRequest


@dataclass
class Received:
    """Files that are kept, whatever becomes of the form, and why others are not."""

    uploads: list[Upload] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def keys(self) -> list[uuid.UUID]:
        """What an action attaches."""
        return [upload.pk for upload in self.uploads]

    def raise_if_refused(self) -> None:
        """Raise Invalid naming every file that was refused."""
        if self.problems:
            kept = f"其余 {len(self.uploads)} 个已保留，不必重选。" if self.uploads else ""
            raise Invalid("".join(self.problems) + kept, field="files")


def receive_uploads(request: ActorRequest) -> Received:
    """Keep the files of a form. A form that is refused shows them again, so nothing is sent twice.

    Without script they come with the form; with it they were sent ahead and only named.
    """
    named = set(_named(request))
    received = Received(own_uploads(request.actor, named))
    if len(received.uploads) < len(named):
        received.problems.append(gone(len(named) - len(received.uploads)))
    for sent in request.FILES.getlist("files"):
        try:
            kept = upload_file(content=sent.chunks(), name=sent.name or "", by=request.actor)
        except Invalid as error:
            received.problems.append(error.message)
        else:
            received.uploads.append(kept)
    return received


def _named(request: ActorRequest) -> list[uuid.UUID]:
    try:
        return [uuid.UUID(raw) for raw in request.POST.getlist("upload")]
    except ValueError as error:
        raise Invalid("附件的编号无法识别。请刷新页面后重新选择文件。", field="files") from error
