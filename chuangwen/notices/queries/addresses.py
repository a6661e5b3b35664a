"""From a calendar program's token to whose deadlines it reads."""

from chuangwen.notices.models import CalendarAddress
from chuangwen.people.actors import Actor
from chuangwen.people.keys import keyed_hash
from chuangwen.people.models import Account

LONGEST_TOKEN = 100


def token_hash(token: str) -> str:
    """Return what is stored of a token."""
    return keyed_hash("calendar-address", token)


def account_of_token(token: str) -> Account | None:
    """Return the enabled account with that address; None for any other token. One query."""
    if len(token) > LONGEST_TOKEN:
        return None
    found = CalendarAddress.across_tenants.select_related("account__tenant").filter(
        token_hash=token_hash(token), account__is_active=True
    )
    address = found.first()
    return address.account if address else None


def own_address(actor: Actor) -> CalendarAddress | None:
    """Return the viewer's address, of which only the time is known."""
    if actor.account_id is None:
        return None
    return CalendarAddress.objects.filter(account_id=actor.account_id).first()
