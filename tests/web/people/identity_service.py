"""An identity service on this machine: OpenID Connect and CAS over real HTTP, with a real key."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "chuangwen", "机密:secret"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class IdentityService:
    """What it will say next can be set; what it was asked is kept."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.person = "limei"
        self.claims: dict[str, object] = {}  # instead of the right ones
        self.algorithm, self.key = "RS256", KEY
        self.description: dict[str, object] = {}
        self.asked: list[str] = []
        self.challenge = self.nonce = ""
        self.tickets: dict[str, str] = {}  # ticket -> service
        self.cas_answer: bytes | None = None

    def token(self) -> str:
        now = int(time.time())
        claims = {
            "iss": self.address,
            "aud": CLIENT,
            "sub": "1",
            "iat": now,
            "exp": now + 300,
            "nonce": self.nonce,
            "preferred_username": self.person,
        }
        claims |= self.claims
        kept = {name: value for name, value in claims.items() if value is not None}
        key = None if self.algorithm == "none" else self.key
        return jwt.encode(kept, key, algorithm=self.algorithm, headers={"kid": "1"})

    def answer(self, path: str, query: dict[str, str], form: dict[str, str], basic: str) -> bytes:
        self.asked.append(path)
        if path == "/.well-known/openid-configuration":
            ends = {
                "authorization_endpoint": "/in",
                "token_endpoint": "/token",
                "jwks_uri": "/keys",
            }
            told = {
                "issuer": self.address,
                **{name: self.address + end for name, end in ends.items()},
            }
            return json.dumps(told | self.description).encode()
        if path == "/keys":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            return json.dumps({"keys": [public | {"kid": "1", "use": "sig"}]}).encode()
        if path == "/token":
            return self._exchange(form, basic)
        if path == "/p3/serviceValidate":
            return self._validate(query)
        raise KeyError(path)

    def _exchange(self, form: dict[str, str], basic: str) -> bytes:
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        assert base64.urlsafe_b64encode(digest).decode().rstrip("=") == self.challenge
        pair = base64.b64decode(basic.removeprefix("Basic ")).decode()
        assert pair == "chuangwen:%E6%9C%BA%E5%AF%86%3Asecret"
        return json.dumps({"id_token": self.token(), "access_token": "x"}).encode()

    def _validate(self, query: dict[str, str]) -> bytes:
        if self.cas_answer is not None:
            return self.cas_answer
        opened = '<cas:serviceResponse xmlns:cas="http://www.yale.edu/tp/cas">'
        if self.tickets.pop(query["ticket"], None) == query["service"]:
            user = f"<cas:user>{self.person}</cas:user>"
            told = f"<cas:authenticationSuccess>{user}</cas:authenticationSuccess>"
        else:
            told = '<cas:authenticationFailure code="INVALID_TICKET">no</cas:authenticationFailure>'
        return f"{opened}{told}</cas:serviceResponse>".encode()


@contextmanager
def serving() -> Iterator[IdentityService]:
    """Run the service on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            length = int(self.headers.get("Content-Length") or 0)
            sent = parse_qs(self.rfile.read(length).decode())
            form = {name: values[0] for name, values in sent.items()}
            try:
                basic = self.headers.get("Authorization", "")
                body, status = service.answer(parts.path, query, form, basic), 200
            except (AssertionError, KeyError):
                body, status = b"refused", 400
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815 - as the standard library calls it

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service = IdentityService(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
