"""The WSGI application; chuangwen.asgi serves it."""

import os

from django.core.wsgi import get_wsgi_application

from chuangwen.web.body_limit import BodyLimit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chuangwen.settings")
application = BodyLimit(get_wsgi_application())
