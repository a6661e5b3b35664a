"""Password policy, by profile. Settings name ProfileValidator as the only validator.

asvs: OWASP ASVS 4.0, 2.1 (12 to 128 characters, no composition rules, not a common password).
dengbao: GB/T 22239-2019, 8.1.4.1 as assessors read it: 10 characters, three of four classes,
changed every 90 days.
"""

import datetime
import functools
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from chuangwen.kit import clock
from chuangwen.people.models import Account

LONGEST = 128
SHORTEST = {"asvs": 12, "dengbao": 10}
CLASSES_WANTED = 3
DENGBAO_AGE = datetime.timedelta(days=90)
# Characters that cannot be mistaken for one another when read out over the phone.
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
AROUND = "0123456789!@#$%^&*.-_ "
LOCAL_WORDS = Path(__file__).with_name("common_passwords_zh.txt")


class ProfileValidator:
    """Refuses what the profile in force does not allow; each reason tells what to do."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError with every reason at once."""
        reasons = [*_length(password), *_classes(password), *_guessable(password, user)]
        if reasons:
            raise ValidationError(reasons)

    def get_help_text(self) -> str:
        """Return the rules in one sentence, for the form."""
        if _is_dengbao():
            return "10 至 128 位，含大写字母、小写字母、数字、符号中的三类，每 90 天更换一次。"
        return "12 至 128 位，不限字符种类，可以是一句话；不能用常见口令或含登录名。"


def has_expired(account: Account) -> bool:
    """Tell whether the profile demands a new password by now."""
    if not _is_dengbao():
        return False
    changed = account.password_changed_at
    return changed is None or changed + DENGBAO_AGE < clock.now()


def one_time_password() -> str:
    """Return a random password of 20 readable characters (99 bits), for a first sign-in only.

    One upper-case letter, hyphens and a digit satisfy both profiles.
    """
    parts = ["".join(secrets.choice(READABLE) for _ in range(5)) for _ in range(4)]
    return "-".join(parts) + "-A7"


def _is_dengbao() -> bool:
    profile: str = settings.CHUANGWEN_PASSWORD_PROFILE
    return profile == "dengbao"


def _length(password: str) -> list[str]:
    shortest = SHORTEST[settings.CHUANGWEN_PASSWORD_PROFILE]
    if len(password) < shortest:
        return [f"口令只有 {len(password)} 位。请至少用 {shortest} 位。"]
    if len(password) > LONGEST:
        return [f"口令有 {len(password)} 位。最多 {LONGEST} 位。"]
    return []


def _classes(password: str) -> list[str]:
    if not _is_dengbao():
        return []
    found = {_class(letter) for letter in password}
    if len(found) >= CLASSES_WANTED:
        return []
    return [f"口令只有{'、'.join(sorted(found))}。请含大写字母、小写字母、数字、符号中的三类。"]


def _class(letter: str) -> str:
    if letter.isupper():
        return "大写字母"
    if letter.islower():
        return "小写字母"
    return "数字" if letter.isdigit() else "符号"


def _guessable(password: str, user: Any) -> list[str]:
    lowered = password.lower()
    if lowered in _common() or lowered.strip(AROUND) in _local_words():
        return ["这是常见口令，容易被猜到。请换一个，例如几个不相干的词连成的一句话。"]
    if len(set(lowered)) < 4:
        return ["口令只用了两三种字符。请换一个。"]
    for name in (getattr(user, "username", ""), getattr(user, "phone", "")):
        if len(name) >= 3 and name.lower() in lowered:
            return ["口令里含有登录名或手机号。请换一个。"]
    return []


@functools.cache
def _common() -> frozenset[str]:
    """Return Django's list of 20,000 leaked passwords."""
    return frozenset(CommonPasswordValidator().passwords)


@functools.cache
def _local_words() -> frozenset[str]:
    """Return words that Chinese users build passwords of; digits around them do not help."""
    lines = LOCAL_WORDS.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip(AROUND) for line in lines if line and not line.startswith("#"))
