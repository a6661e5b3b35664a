"""Keyed hashes and sealing for what must not be readable in the database."""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from chuangwen.kit.errors import Invalid


def keyed_hash(purpose: str, *parts: str) -> str:
    """Return HMAC-SHA-256 (hex) of `parts` with a key of its own for each purpose."""
    message = "\x1f".join(parts).encode()
    return hmac.new(_key(purpose), message, hashlib.sha256).hexdigest()


def seal(purpose: str, text: str) -> str:
    """Return `text` encrypted and authenticated (Fernet: AES-128-CBC with HMAC-SHA-256)."""
    return _box(purpose).encrypt(text.encode()).decode()


def unseal(purpose: str, sealed: str) -> str:
    """Return the text again. Raises Invalid when the server's key has changed since."""
    try:
        return _box(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Invalid(
            "服务器密钥已更换，动态口令无法核对。请联系安全管理员移除动态口令后重新绑定。"
        ) from error


def _box(purpose: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_key(purpose)))


def _key(purpose: str) -> bytes:
    return hashlib.sha256(f"chuangwen|{purpose}|{settings.SECRET_KEY}".encode()).digest()
