"""Groups of the `chuangwen` command; each module has `register(commands)`.

Modules import Django inside their functions only: `plan parse` needs none and starts at once.
"""

import os


def start_django() -> None:
    """Load the settings and the rooms. Raises InvalidSetting for a value that cannot be used."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chuangwen.settings")
    import django  # noqa: PLC0415 - see above

    django.setup()
