"""OpenID Connect Core 1.0, authorisation code flow with PKCE (RFC 7636)."""

import base64
import hashlib
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from chuangwen.web.people.sign_on.exchange import ServiceUnreachable, SignOnRefused, fetch_json

# Signatures with a public key only: never "none", and no shared secret passed off as a key.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
LEEWAY = 60  # seconds that two clocks may differ
UNTRUSTED = "统一身份认证的身份令牌无效（{}），没有登录。请重新登录；仍不行请联系系统管理员。"


@dataclass(frozen=True)
class Client:
    """This installation, as the identity service knows it."""

    issuer: str
    client_id: str
    secret: str
    claim: str
    back: str  # the address to which browsers return


def new_proof() -> dict[str, str]:
    """Return what ties the answer to this browser: state, nonce and the PKCE verifier."""
    return {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}


def address_to_ask(client: Client, proof: dict[str, str]) -> str:
    """Return where the browser goes to sign in. Raises ServiceUnreachable."""
    digest = hashlib.sha256(proof["verifier"].encode()).digest()
    query = {
        "response_type": "code",
        "scope": "openid profile",
        "client_id": client.client_id,
        "redirect_uri": client.back,
        "state": proof["state"],
        "nonce": proof["nonce"],
        "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
        "code_challenge_method": "S256",
    }
    endpoint = _text(_description(client), "authorization_endpoint")
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(query)}"


def username_for(client: Client, code: str, proof: dict[str, str]) -> str:
    """Exchange the code for the identity token and return the log-in name that it vouches for.

    Raises SignOnRefused for a token that is not for us, not now, or not for this browser.
    """
    description = _description(client)
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": client.back,
        "client_id": client.client_id,
        "code_verifier": proof["verifier"],
    }
    pair = f"{quote(client.client_id, safe='')}:{quote(client.secret, safe='')}"
    headers = {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
    answer = fetch_json(_text(description, "token_endpoint"), form, headers)
    claims = _trusted(client, _text(answer, "id_token"), _text(description, "jwks_uri"))
    if not secrets.compare_digest(str(claims.get("nonce", "")).encode(), proof["nonce"].encode()):
        raise SignOnRefused(UNTRUSTED.format("与本次登录不符"))
    name = claims.get(client.claim)
    if not isinstance(name, str) or not name.strip():
        raise SignOnRefused(
            f"身份令牌中没有“{client.claim}”，无法找到账号。请联系系统管理员检查统一身份认证的配置。"
        )
    return name


def _trusted(client: Client, token: str, keys_at: str) -> dict[str, Any]:
    import jwt  # noqa: PLC0415 - loads the cryptography of a sign-in that few installations use

    keys = fetch_json(keys_at)
    try:
        header = jwt.get_unverified_header(token)
        key = _key(keys, header)
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=ALGORITHMS,
            audience=client.client_id,
            issuer=client.issuer,
            leeway=LEEWAY,
            options={"require": ["exp", "iat", "aud", "iss", "sub"]},
        )
    except jwt.ExpiredSignatureError as error:
        raise SignOnRefused(UNTRUSTED.format("已过期")) from error
    except jwt.InvalidAudienceError as error:
        raise SignOnRefused(UNTRUSTED.format("不是签发给本系统的")) from error
    except jwt.InvalidIssuerError as error:
        raise SignOnRefused(UNTRUSTED.format("签发者不符")) from error
    except (jwt.PyJWTError, ValueError) as error:
        raise SignOnRefused(UNTRUSTED.format("签名或内容不符")) from error
    shared = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if shared and claims.get("azp") != client.client_id:
        raise SignOnRefused(UNTRUSTED.format("不是签发给本系统的"))
    return claims


def _key(keys: dict[str, Any], header: dict[str, Any]) -> Any:
    import jwt  # noqa: PLC0415 - as above

    for key in jwt.PyJWKSet.from_dict(keys).keys:
        if header.get("kid") in (None, key.key_id):
            return key.key
    raise jwt.InvalidKeyError("no such key")


def _description(client: Client) -> dict[str, Any]:
    """Return what the service says of itself (OpenID Connect Discovery 1.0, 4.3)."""
    found = fetch_json(f"{client.issuer.rstrip('/')}/.well-known/openid-configuration")
    if found.get("issuer") != client.issuer:
        raise ServiceUnreachable("自称的签发地址与配置不同")
    return found


def _text(found: dict[str, Any], name: str) -> str:
    value = found.get(name)
    if not isinstance(value, str):
        raise ServiceUnreachable(f"的应答中没有 {name}")
    return value
