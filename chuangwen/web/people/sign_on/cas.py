"""CAS protocol 3.0: the browser brings a ticket, the server is asked once whose it is."""

from urllib.parse import urlencode
from xml.etree import ElementTree

from chuangwen.web.people.sign_on.exchange import ServiceUnreachable, SignOnRefused, fetch

CAS = "{http://www.yale.edu/tp/cas}"
LONGEST_TICKET = 512


def address_to_ask(server: str, back: str) -> str:
    """Return where the browser goes to sign in."""
    return f"{server}/login?{urlencode({'service': back})}"


def username_for(server: str, ticket: str, back: str) -> str:
    """Return whose ticket it is. Raises SignOnRefused for one that is used, late or made up."""
    if not ticket or len(ticket) > LONGEST_TICKET:
        raise SignOnRefused("单点登录没有带回有效的票据，没有登录。请重新登录。")
    query = urlencode({"service": back, "ticket": ticket})
    answer = _parsed(fetch(f"{server}/p3/serviceValidate?{query}"))
    user = answer.find(f"{CAS}authenticationSuccess/{CAS}user")
    if user is not None and (user.text or "").strip():
        return str(user.text).strip()
    if answer.find(f"{CAS}authenticationFailure") is None:
        raise ServiceUnreachable("的应答无法识别")
    raise SignOnRefused("单点登录的票据无效，可能已用过或已过期，没有登录。请重新登录。")


def _parsed(body: bytes) -> ElementTree.Element:
    """Read the answer. Declarations, which entities need, are no part of the protocol."""
    try:
        text = body.decode("utf-8")
        if "<!" in text:
            raise ServiceUnreachable("的应答含有不允许的声明")
        return ElementTree.fromstring(text)  # noqa: S314 - no DTD, hence no entities
    except (ValueError, ElementTree.ParseError) as error:
        raise ServiceUnreachable("的应答无法识别") from error
