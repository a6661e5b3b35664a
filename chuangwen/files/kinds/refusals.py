"""Why a file is not taken, in three parts: what happened, which file, what to do."""

from chuangwen.kit.errors import Invalid

FIELD = "files"
EMPTY = "是空文件。请检查是否选错，或重新导出后再上传"
UNKNOWN = (
    "不是可以上传的种类。请用 PDF、OFD、Word、Excel、PowerPoint、WPS、文本或图片（JPG、PNG、HEIC）"
)
MARKUP = "的内容是网页、矢量图或脚本，打开时可能执行程序。请另存为 PDF 或图片后再上传"
PROGRAM = "的内容是程序，不能上传。请检查是否选错了文件"
PACKED = "是压缩包。请解压后逐个上传，便于审核时直接查看"
MACROS = "含有宏（可执行的程序）。请另存为不含宏的 .docx、.xlsx 或 .pptx 后再上传"
ENCRYPTED = "设了打开密码，别人无法查看。请去掉密码后再上传"
DAMAGED = "已损坏或不完整。请重新导出或传输后再上传"
TRUNCATED = "不完整，后半部分缺失，可能是传输中断。请从手机或相机重新取一次原图"
BOMB = "的画面大得异常，打开时会占满内存。请缩小后再上传"
VIDEO = "是音频或视频，不能作为附件。请截取画面为图片后再上传"


def refused(name: str, why: str) -> Invalid:
    """Return the error for one file."""
    return Invalid(f"文件“{name}”{why}。", field=FIELD)


def too_large(name: str, limit: int) -> Invalid:
    """Return the error for a file above the limit of so many bytes."""
    return refused(name, f"超过 {limit // 2**20} MB 的上限。请压缩图片或拆分后再上传")


def too_many_pixels(name: str, width: int, height: int, most: int) -> Invalid:
    """Return the error for a picture that would fill the memory when opened."""
    return refused(
        name,
        f"的画面是 {width}×{height} 像素，超过 {most // 10_000} 万像素。"
        "请用普通模式拍摄，或缩小后再上传",
    )
