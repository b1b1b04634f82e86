"""The rules of signing in, in one place: how long a session lasts, and how long a link works."""

from __future__ import annotations

from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from core.errors import UsageError
from core.library.accounts import Found, Lasting
from core.model import SignInMode
from core.settings import Settings

LINK_LASTS = timedelta(hours=24)
# An address from which somebody has signed in counts as his for so long.
ADDRESS_KNOWN = timedelta(days=90)
# What single sign-on says of somebody is fresh for so long.
VOUCHER_LASTS = timedelta(minutes=10)
# A session is noted as seen once a minute.
SEEN_LATELY = timedelta(minutes=1)
LONGEST_ADDRESS = 64  # characters of an address, where a proxy writes nonsense
LONGEST_BROWSER = 200  # characters kept of what a browser calls itself
LONGEST_LOGIN = 254  # characters: an e-mail address has no more
_LOCAL_NAMES = {"localhost", "localhost.localdomain", "ip6-localhost"}


def lasting(settings: Settings) -> Lasting:
    """Return how long a session lasts, as the firm has set it."""
    return Lasting(
        idle=timedelta(minutes=settings.session_idle_minutes),
        longest=timedelta(hours=settings.session_hours),
    )


def lasts(found: Found, settings: Settings) -> bool:
    """Say whether a session has not run out."""
    allowed = lasting(settings)
    return found.idle < allowed.idle and found.age < allowed.longest


def is_this_computer(host: str) -> bool:
    """Say whether a host is this computer and no other; a name that may lead elsewhere is not."""
    if host.lower() in _LOCAL_NAMES:
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def place(address: str) -> str:
    """Return the place that an address stands for: of IPv6 the network, which one household has."""
    try:
        found = ip_address(address)
    except ValueError:
        return address[:LONGEST_ADDRESS]
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ip_network((found, 64), strict=False))


def mode(settings: Settings, *, accounts: bool) -> SignInMode:
    """Return how people show here who they are; `accounts`: somebody can sign in.

    Raises UsageError where that would leave the library open to anybody.
    """
    asked, local = settings.sign_in, is_this_computer(settings.host)
    if asked in {SignInMode.PASSWORD, SignInMode.OIDC}:
        return asked
    if asked is SignInMode.OWNER and not local:
        raise UsageError(
            f"Without a sign-in Onpoint answers this computer alone, and not on {settings.host}. "
            "Leave --sign-in out, or start it with --sign-in password."
        )
    if asked is SignInMode.OWNER and accounts:
        raise UsageError(
            "People have accounts here, so that everybody has to sign in. Leave --sign-in out, or "
            "start it with --sign-in password."
        )
    return SignInMode.OWNER if local and not accounts else SignInMode.PASSWORD
