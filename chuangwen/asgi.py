"""The application that granian serves: the WSGI one, behind a loop that takes requests in."""

from chuangwen.web.whole_requests import WholeRequests
from chuangwen.wsgi import application as answering

application = WholeRequests(answering)
