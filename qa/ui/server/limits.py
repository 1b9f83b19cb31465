"""How much one visitor may ask and upload, and what is said when too many ask at once."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

API = "/gradio_api"
ASK = (f"{API}/queue/join", f"{API}/call/", f"{API}/run/", f"{API}/api/", f"{API}/mcp")
UPLOAD = f"{API}/upload"
UPLOAD_QUOTA = 200_000_000  # bytes an hour; what is uploaded is deleted after an hour
MAX_BODY = 10_000_000  # bytes of any other request: the page sends its conversation along
BUSY = "Too many are asking at the moment. Please try again in a minute."
HASTY = "You have asked {most} times in a minute. Please go on in {seconds} seconds."
SATED = "You have uploaded {most} MB in an hour. Please go on in {seconds} seconds."
LARGE = "That is too large: the limit is {most} MB."
UNSIZED = "Say how large it is: a Content-Length is missing."


@dataclass(slots=True)
class Limits:
    """Middleware that turns down requests over the limits, before they are read.

    A visitor is an address; behind `proxies` that many from the end of X-Forwarded-For, for
    what stands further ahead anybody can make up.
    """

    app: ASGIApp
    is_full: Callable[[], bool]
    questions: int = 0
    """Requests a minute of one visitor; 0 for as many as they like."""

    proxies: int = 0
    quota: int = UPLOAD_QUOTA
    _limiter: FixedWindowRateLimiter = field(
        default_factory=lambda: FixedWindowRateLimiter(MemoryStorage())
    )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request that is turned down, and pass on every other."""
        refusal = self._refusal(scope) if scope["type"] == "http" else None
        await (refusal or self.app)(scope, receive, send)

    def _refusal(self, scope: Scope) -> JSONResponse | None:
        if scope["method"] != "POST":
            return None
        headers, path = Headers(scope=scope), str(scope["path"])
        visitor = visitor_of(scope, headers, proxies=self.proxies)
        if "transfer-encoding" in headers:  # in chunks, of which nobody knows how many come
            return _refusal_response(411, UNSIZED)
        if path.startswith(UPLOAD):
            return self._refuse_upload(headers, visitor)
        if _length(headers) > MAX_BODY:
            return _refusal_response(413, LARGE.format(most=MAX_BODY // 1_000_000))
        return self._refuse_question(visitor) if path.startswith(ASK) else None

    def _refuse_upload(self, headers: Headers, visitor: str) -> JSONResponse | None:
        size = _length(headers)
        if not size:
            return _refusal_response(411, UNSIZED)
        if size > self.quota:
            return _refusal_response(413, LARGE.format(most=self.quota // 1_000_000))
        quota = RateLimitItemPerHour(self.quota)
        most = self.quota // 1_000_000
        return self._spend(quota, "upload", visitor, size, SATED, most=most)

    def _refuse_question(self, visitor: str) -> JSONResponse | None:
        if self.is_full():
            return _refusal_response(503, BUSY, wait=60)
        if not self.questions:
            return None
        rate = RateLimitItemPerMinute(self.questions)
        return self._spend(rate, "ask", visitor, 1, HASTY, most=self.questions)

    def _spend(  # noqa: PLR0917  # private, and called twice
        self, limit: RateLimitItem, kind: str, visitor: str, cost: int, text: str, *, most: int
    ) -> JSONResponse | None:
        if self._limiter.hit(limit, kind, visitor, cost=cost):
            return None
        reset = self._limiter.get_window_stats(limit, kind, visitor).reset_time
        wait = max(1, math.ceil(reset - time.time()))
        return _refusal_response(429, text.format(most=most, seconds=wait), wait=wait)


def visitor_of(scope: Scope, headers: Headers, *, proxies: int) -> str:
    """Return the address that a request comes from, seen past that many proxies of ours."""
    forwarded = [each.strip() for each in headers.get("x-forwarded-for", "").split(",")]
    if proxies and len(forwarded) >= proxies:
        return forwarded[-proxies]
    return str((scope.get("client") or ("",))[0])


def _length(headers: Headers) -> int:
    """Return how many bytes a request says it has; 0 if it says nothing that is a number."""
    said = headers.get("content-length", "")
    return int(said) if said.isascii() and said.isdecimal() else 0


def _refusal_response(status: int, detail: str, *, wait: int | None = None) -> JSONResponse:
    headers = {"Retry-After": str(wait)} if wait else {}
    return JSONResponse({"detail": detail}, status, headers)
