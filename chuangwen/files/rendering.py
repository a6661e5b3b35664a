"""Pictures without what the camera wrote: place, time, device, thumbnail of the uncut original."""

import contextlib
import io
import warnings
from typing import BinaryIO

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from chuangwen.files.enums import Purpose
from chuangwen.files.kinds.pictures import MOST_PIXELS

LONGEST = {Purpose.DISPLAY: 1920, Purpose.THUMBNAIL: 320}
QUALITY = 85
NO_READER = "没有安装 HEIC 读取组件，无法生成浏览图。请改传 JPG，或由管理员安装 heif 组件。"
BROKEN = "图像数据已损坏，无法生成浏览图。请重新上传原图。"


class NotRendered(Exception):
    """No picture can be made; the message is for a person."""


def render(file: BinaryIO, purpose: Purpose) -> bytes:
    """Return a JPEG that fits, upright, in sRGB, with nothing but pixels. Raises NotRendered."""
    install_heif_reader()
    longest = LONGEST[purpose]
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            opened = Image.open(file)
        if opened.width * opened.height > MOST_PIXELS:
            raise NotRendered(BROKEN)
        opened.draft("RGB", (longest, longest))  # JPEG is decoded at a fraction of its size
        upright = ImageOps.exif_transpose(opened)
        upright.thumbnail((longest, longest))
        pixels = _on_white(_in_srgb(upright))
    except UnidentifiedImageError as error:
        raise NotRendered(NO_READER if _is_heic(file) else BROKEN) from error
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise NotRendered(BROKEN) from error
    target = io.BytesIO()
    Image.frombytes("RGB", pixels.size, pixels.tobytes()).save(target, "JPEG", quality=QUALITY)
    return target.getvalue()


def install_heif_reader() -> bool:
    """Make Pillow read HEIC when the optional library is there; tell whether it is."""
    try:
        import pillow_heif  # noqa: PLC0415 - extra `heif`
    except ImportError:
        return False
    pillow_heif.register_heif_opener(thumbnails=False)
    return True


def _is_heic(file: BinaryIO) -> bool:
    file.seek(4)
    return file.read(4) == b"ftyp"


def _in_srgb(image: Image.Image) -> Image.Image:
    """Phones write wide colours; without their profile these would look dull."""
    profile = image.info.get("icc_profile")
    if profile and image.mode in {"RGB", "RGBA", "CMYK", "L"}:
        with contextlib.suppress(ImageCms.PyCMSError):
            mode = "RGBA" if image.mode == "RGBA" else "RGB"
            srgb = ImageCms.createProfile("sRGB")
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, srgb, outputMode=mode)
            return converted or image
    return image


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        layer = image.convert("RGBA")
        ground = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(ground, layer).convert("RGB")
    return image.convert("RGB")
