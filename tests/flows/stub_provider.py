"""A firm's single sign-on that speaks the real protocol, on this computer alone.

Discovery, authorisation code with PKCE (S256) and nonce, tokens signed by RS256, keys by JWKS.
It is strict: what a provider would refuse it refuses, and it notes what it was asked.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Self
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

if TYPE_CHECKING:
    from types import TracebackType

CLIENT, SECRET = "onpoint", "the client's own secret"


@dataclass
class Provider:
    """One provider. `claims` is who signs in there next; `spoil` changes its tokens."""

    redirect_uri: str
    claims: dict[str, object] = field(default_factory=dict[str, object])
    spoil: dict[str, object] = field(default_factory=dict[str, object])
    # Another key than the one it publishes: what a forger would sign with.
    forged: bool = False
    asked: list[dict[str, str]] = field(default_factory=list[dict[str, str]])

    def __post_init__(self) -> None:
        self._key = RSAKey.generate_key(2048, {"kid": "1"})
        self._other = RSAKey.generate_key(2048, {"kid": "1"})
        self._codes: dict[str, dict[str, str]] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def metadata_url(self) -> str:
        return f"{self.issuer}/.well-known/openid-configuration"

    def _metadata(self) -> dict[str, object]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def authorize(self, asked: dict[str, str]) -> str | None:
        """Return where the browser is sent with a code; None for a request that is refused."""
        self.asked.append(asked)
        right = (
            asked.get("client_id") == CLIENT
            and asked.get("redirect_uri") == self.redirect_uri
            and asked.get("response_type") == "code"
            and asked.get("code_challenge_method") == "S256"
            and "openid" in asked.get("scope", "").split()
            and all(asked.get(name) for name in ("state", "nonce", "code_challenge"))
        )
        if not right:
            return None
        code = secrets.token_urlsafe()
        self._codes[code] = asked
        return f"{self.redirect_uri}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, asked: dict[str, str], authorization: str) -> dict[str, object] | None:
        """Return the tokens for a code, which works once; None where anything does not fit."""
        began = self._codes.pop(asked.get("code", ""), None)
        expected = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        digest = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            began is None
            or authorization != expected
            or asked.get("redirect_uri") != self.redirect_uri
            or challenge != began["code_challenge"]
        ):
            return None
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": began["nonce"],
            **self.claims,
            **self.spoil,
        }
        key = self._other if self.forged else self._key
        signed = jwt.encode({"alg": "RS256", "kid": "1"}, claims, key)
        return {
            "access_token": secrets.token_urlsafe(),
            "token_type": "Bearer",
            "expires_in": 300,
            "id_token": signed,
        }

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked = urlsplit(self.path)
                if asked.path == "/.well-known/openid-configuration":
                    self._say(provider._metadata())
                elif asked.path == "/keys":
                    self._say({"keys": [provider._key.as_dict(private=False)]})
                elif asked.path == "/authorize":
                    self._lead(provider.authorize(_flat(asked.query)))
                else:
                    self.send_error(404)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                given = provider.token(_flat(body), self.headers.get("authorization", ""))
                self._say(given or {"error": "invalid_grant"}, 200 if given else 400)

            def _say(self, payload: dict[str, object], status: int = 200) -> None:
                body = json.dumps(payload).encode()
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def _lead(self, to: str | None) -> None:
                if to is None:
                    self.send_error(400)
                    return
                self.send_response(302)
                self.send_header("location", to)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *args: object) -> None:
                return

        return Handler


def _flat(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}
