"""The arithmetic of one-time codes (RFC 6238) and of recovery codes. No database here."""

import secrets

import pyotp
import segno

from chuangwen.kit import clock
from chuangwen.people.keys import keyed_hash
from chuangwen.people.passwords import READABLE

STEP_SECONDS = 30
WINDOW = 1  # steps of clock difference between phone and server that are allowed
RECOVERY_CODES = 10
ISSUER = "创文"


def new_secret() -> str:
    """Return a secret of 160 bits in base 32, as authenticator apps take it."""
    return pyotp.random_base32(32)


def matching_step(secret: str, code: str) -> int | None:
    """Return the 30-second step for which `code` is right, now or a step around; else None."""
    generator = pyotp.TOTP(secret, interval=STEP_SECONDS)
    current = int(clock.now().timestamp()) // STEP_SECONDS
    written = code.encode()  # as text, only ASCII could be compared
    for step in range(current - WINDOW, current + WINDOW + 1):
        if secrets.compare_digest(generator.generate_otp(step).encode(), written):
            return step
    return None


def enrolment_picture(secret: str, username: str) -> str:
    """Return the QR code that an authenticator app scans, as a data: address of an SVG."""
    address = pyotp.TOTP(secret, interval=STEP_SECONDS).provisioning_uri(
        name=username, issuer_name=ISSUER
    )
    return str(segno.make(address, error="m").svg_data_uri(scale=5, border=4, light="#fff"))


def new_recovery_codes() -> list[str]:
    """Return ten codes of twelve readable characters (59 bits each)."""
    return [
        "-".join("".join(secrets.choice(READABLE) for _ in range(4)) for _ in range(3))
        for _ in range(RECOVERY_CODES)
    ]


def recovery_hash(account_id: object, code: str) -> str:
    """Return what is stored of a recovery code; blanks, hyphens and case do not matter."""
    plain = "".join(letter for letter in code.lower() if letter.isalnum())
    return keyed_hash("recovery", str(account_id), plain)
