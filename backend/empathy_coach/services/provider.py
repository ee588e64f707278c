"""Signing in with a team's own identity provider: OpenID Connect, the code flow with PKCE (OpenID Connect Core 1.0).

Authlib speaks the protocol. What the provider says of a person is believed only when its ID token is signed by one of
its keys with a public-key algorithm, names this issuer and this client, is of now, and answers this very sign-in.
"""

from __future__ import annotations

import secrets
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from empathy_coach.errors import CoachError

if TYPE_CHECKING:
    from authlib.integrations.requests_client import OAuth2Session
    from joserfc.jwk import KeySet

_DISCOVERY = "/.well-known/openid-configuration"
#: Never "none", and never a shared secret: whoever knows the client's could forge tokens then.
_ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA", "Ed25519", "RS384", "RS512", "PS384", "PS512", "ES384", "ES512")
_PATIENCE = 5.0  # seconds for one answer of the provider
_FRESH = 3600.0  # seconds for which its addresses and keys are remembered
_KEYS_AGAIN = 60.0  # seconds between two readings of its keys because of one that is not known
_LEEWAY = 60  # seconds that clocks may be apart
_MOST_BYTES = 500_000
_NAMES = ("preferred_username", "email", "name", "sub")


class ProviderError(CoachError):
    """The provider could not be asked, or what came back is not to be believed."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in under way; the browser keeps it until it comes back. ``url`` is where it goes."""

    url: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom the provider vouches for. ``subject`` is issuer and id together; ``name`` is a wish, not an id."""

    subject: str
    name: str


class Provider:
    """One identity provider. Every method may be called from any thread."""

    def __init__(self, issuer: str, client: str, secret: str, title: str) -> None:
        """``title`` is what people call it. Nothing is asked of it before somebody signs in."""
        self.title = title
        self._issuer = issuer
        self._client = client
        self._secret = secret
        self._lock = threading.Lock()
        self._known: dict[str, Any] = {}
        self._known_at = self._keys_at = float("-inf")
        self._keys: KeySet | None = None

    def begin(self, back: str) -> Begun:
        """Begin a sign-in that comes back to the address ``back``. Raises ProviderError."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        address = self._metadata()["authorization_endpoint"]
        with self._session(back) as session:
            url, _ = session.create_authorization_url(address, state=state, nonce=nonce, code_verifier=verifier)
        return Begun(str(url), state, nonce, verifier)

    def finish(self, begun: Begun, state: str, code: str, back: str) -> Identity:
        """Who has signed in. Raises ProviderError."""
        if not secrets.compare_digest(state.encode(), begun.state.encode()):
            raise ProviderError("This sign-in was begun somewhere else. Please begin again.")
        from authlib.common.errors import AuthlibBaseError
        from requests.exceptions import RequestException

        address = self._metadata()["token_endpoint"]
        try:
            with self._session(back) as session:
                answer = session.fetch_token(
                    address, code=code, code_verifier=begun.verifier, timeout=_PATIENCE, allow_redirects=False
                )
        except (RequestException, AuthlibBaseError, ValueError):
            raise ProviderError(f"{self.title} did not confirm the sign-in. Please begin again.") from None
        token = answer.get("id_token") if isinstance(answer, dict) else None
        return self.identity(token if isinstance(token, str) else "", begun.nonce)

    def identity(self, token: str, nonce: str) -> Identity:
        """Whom an ID token vouches for. Raises ProviderError when it is not to be believed."""
        from joserfc import jwt
        from joserfc.errors import InvalidKeyIdError, JoseError

        algorithms = list(_ALGORITHMS)
        try:
            try:
                found = jwt.decode(token, self._key_set(), algorithms=algorithms)
            except InvalidKeyIdError:  # it may have changed its keys
                found = jwt.decode(token, self._key_set(again=True), algorithms=algorithms)
            claims = found.claims
            jwt.JWTClaimsRegistry(
                leeway=_LEEWAY,
                iss={"essential": True, "value": self._issuer},
                aud={"essential": True, "value": self._client},
                exp={"essential": True},
                iat={"essential": True},
                sub={"essential": True},
                nonce={"essential": True, "value": nonce},
            ).validate(claims)
        except (JoseError, ValueError, TypeError, KeyError):
            raise self._not_believed() from None
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if claims.get("azp", None if several else self._client) != self._client:
            raise self._not_believed()
        subject = claims["sub"]
        if not isinstance(subject, str) or not 0 < len(subject) <= 200 or not subject.isprintable():
            raise self._not_believed()
        name = next((value for key in _NAMES if isinstance(value := claims.get(key), str) and value), subject)
        return Identity(f"{self._issuer} {subject}", name)

    def _not_believed(self) -> ProviderError:
        return ProviderError(f"What {self.title} sent cannot be trusted. Nobody was signed in.")

    def _session(self, back: str) -> OAuth2Session:
        from authlib.integrations.requests_client import OAuth2Session

        return OAuth2Session(
            self._client, self._secret, scope="openid profile", redirect_uri=back, code_challenge_method="S256"
        )

    def _metadata(self) -> dict[str, Any]:
        with self._lock:
            if time.monotonic() - self._known_at > _FRESH:
                found = self._read(self._issuer.rstrip("/") + _DISCOVERY)
                needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
                if found.get("issuer") != self._issuer or not all(_is_address(found.get(key)) for key in needed):
                    raise ProviderError(f"{self.title} does not describe itself as the issuer in the settings.")
                self._known, self._known_at = found, time.monotonic()
            return self._known

    def _key_set(self, again: bool = False) -> KeySet:
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        address = self._metadata()["jwks_uri"]
        with self._lock:
            age = time.monotonic() - self._keys_at
            if self._keys is None or age > _FRESH or (again and age > _KEYS_AGAIN):
                try:
                    self._keys = KeySet.import_key_set(self._read(address))  # type: ignore[arg-type] # checked there
                except (JoseError, ValueError, TypeError, KeyError):
                    raise self._not_believed() from None
                self._keys_at = time.monotonic()
            return self._keys

    def _read(self, address: str) -> dict[str, Any]:
        import requests

        try:
            with requests.get(address, timeout=_PATIENCE, allow_redirects=False, stream=True) as answer:
                answer.raise_for_status()
                raw = answer.raw.read(_MOST_BYTES + 1, decode_content=True)
            if len(raw) > _MOST_BYTES:
                raise ValueError
            found = orjson.loads(raw)
        except (requests.RequestException, ValueError, RecursionError):
            raise ProviderError(f"{self.title} cannot be reached just now. Please try again in a moment.") from None
        if not isinstance(found, dict):
            raise ProviderError(f"{self.title} cannot be understood.")
        return found


def _is_address(value: object) -> bool:
    """A token and a code travel there: encrypted, or within the machine."""
    return isinstance(value, str) and value.startswith(("https://", "http://127.0.0.1:", "http://localhost:"))
