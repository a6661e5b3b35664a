"""Django settings, all from the environment (see chuangwen/kit/environment.py)."""

import datetime
from pathlib import Path

from csp.constants import NONE, SELF

from chuangwen.databases import database_entry
from chuangwen.kit import environment as env
from chuangwen.mail import email_settings
from chuangwen.secret import secret_key

BASE = Path(__file__).resolve().parent
CHUANGWEN_DATA: Path = env.DATA.value()
SECRET_KEY = secret_key(env.SECRET_KEY.value(), CHUANGWEN_DATA)
DEBUG = env.DEBUG.value()
ALLOWED_HOSTS = env.HOSTS.value()
CSRF_TRUSTED_ORIGINS = env.TRUSTED_ORIGINS.value()

CHUANGWEN_DEMONSTRATION: bool = env.DEMONSTRATION.value()
_today = env.TODAY.value()
try:
    CHUANGWEN_TODAY = datetime.date.fromisoformat(_today) if _today else None
except ValueError as error:
    raise env.InvalidSetting(
        f"环境变量 CHUANGWEN_TODAY 的值“{_today}”不是日期。请写成 2021-09-15 的样子。"
    ) from error
CHUANGWEN_PASSWORD_PROFILE: str = env.PASSWORD_PROFILE.value()
CHUANGWEN_MAP_TILES: str = env.MAP_TILES.value()
CHUANGWEN_ADDRESS: str = env.ADDRESS.value()
CHUANGWEN_SENDS_EMAIL = bool(env.EMAIL_URL.value())
DEFAULT_FROM_EMAIL = env.EMAIL_FROM.value()
globals().update(email_settings(env.EMAIL_URL.value()))
CHUANGWEN_OIDC_ISSUER: str = env.OIDC_ISSUER.value()
CHUANGWEN_OIDC_CLIENT_ID: str = env.OIDC_CLIENT_ID.value()
CHUANGWEN_OIDC_CLIENT_SECRET: str = env.OIDC_CLIENT_SECRET.value()
CHUANGWEN_OIDC_CLAIM: str = env.OIDC_CLAIM.value()
CHUANGWEN_CAS_URL: str = env.CAS_URL.value()
CHUANGWEN_UPLOAD_LIMIT: int = env.UPLOAD_MEGABYTES.value() * 1024 * 1024
# The fields and headers around a file come on top of it.
CHUANGWEN_REQUEST_LIMIT: int = max(
    env.REQUEST_MEGABYTES.value() * 1024 * 1024, CHUANGWEN_UPLOAD_LIMIT + 64 * 1024
)
CHUANGWEN_READ_AT_ONCE: int = env.READ_AT_ONCE_KILOBYTES.value() * 1024
CHUANGWEN_FONTS: list[Path] = [Path(env.FONTS.value())] if env.FONTS.value() else []
CHUANGWEN_PHOTO_LONG_EDGE: int = env.PHOTO_LONG_EDGE.value()
CHUANGWEN_S3_BUCKET: str = env.S3_BUCKET.value()
CHUANGWEN_S3_ENDPOINT: str = env.S3_ENDPOINT.value()

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "chuangwen.tenancy",
    "chuangwen.search",
    "chuangwen.audit",
    "chuangwen.files",
    "chuangwen.people",
    "chuangwen.notices",
    "chuangwen.framework",
    "chuangwen.sites",
    "chuangwen.plan",
    "chuangwen.rectification",
    "chuangwen.supervision",
    "chuangwen.documents",
    "chuangwen.inspection",
    "chuangwen.operations",
    "chuangwen.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "chuangwen.web.middleware.TenantMiddleware",
    "chuangwen.web.middleware.WholeRequestMiddleware",
    "chuangwen.web.middleware.ErrorMiddleware",
]
ROOT_URLCONF = "chuangwen.urls"
WSGI_APPLICATION = "chuangwen.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "chuangwen.web.context.shell",
            ]
        },
    }
]

DATABASES = {"default": database_entry(env.DATABASE_URL.value(), CHUANGWEN_DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["chuangwen.web.viewer.ViewerBackend"]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [{"NAME": "chuangwen.people.passwords.ProfileValidator"}]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
SESSION_ENGINE = "chuangwen.people.sessions"
SESSION_COOKIE_AGE = env.IDLE_MINUTES.value() * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

CSRF_FAILURE_VIEW = "chuangwen.web.failures.refuse_token"
_https = env.HTTPS.value()
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SECURE_SSL_REDIRECT = False  # the reverse proxy does it; a plain intranet has none
SECURE_HSTS_SECONDS = 31536000 if _https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
_tiles = ["/".join(CHUANGWEN_MAP_TILES.split("/", 3)[:3])] if CHUANGWEN_MAP_TILES else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *_tiles],
        "connect-src": [SELF, *_tiles],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = CHUANGWEN_DATA / "static"
STATICFILES_DIRS = [BASE / "static"]
WHITENOISE_USE_FINDERS = True  # assets are hashed by Vite; nothing to collect
WHITENOISE_AUTOREFRESH = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# Defects go to standard error with their tracebacks, where the service manager keeps them. Django
# by itself prints them only when debugging, and mails them to administrators that nobody has named.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO" if DEBUG else "WARNING"},
        "django.request": {"level": "ERROR"},  # a wrong address is no defect
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # nor what strangers call us
    },
}
