"""What stands beside the page for those who keep it running: /health and /metrics."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import REGISTRY, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from qa.errors import DISTRIBUTION, QAError
from qa.plugins import version_of
from qa.ui.session.provider import AssistantProvider

Waiting = Callable[[], int]
"""Returns how many questions wait in the queue."""


def routes(provider: AssistantProvider, waiting: Waiting) -> list[Route]:
    """Return the routes that come before the page's own."""
    own = CollectorRegistry()
    own.register(PageCollector(provider, waiting))

    def health(_: Request) -> Response:
        """Tell whether questions can be answered: 200 if so, 503 if not or not yet."""
        said = state(provider)
        return JSONResponse(said, 200 if said["status"] == "ready" else 503)

    def metrics(_: Request) -> Response:
        """Return the numbers as Prometheus reads them."""
        body = generate_latest(REGISTRY) + generate_latest(own)
        return Response(body, media_type=CONTENT_TYPE_LATEST)

    return [Route("/health", health), Route("/metrics", metrics)]


def state(provider: AssistantProvider) -> dict[str, object]:
    """Return whether the library is ready, being opened, or broken and why."""
    opened = provider.open()
    if not opened.done():
        return {"status": "opening"}
    try:
        manifest = opened.result().index.manifest
    except QAError as error:
        return {"status": "broken", "error": type(error).__name__}
    return {
        "status": "ready",
        "version": version_of(DISTRIBUTION) or "unknown",
        "index": manifest.folder,
        "articles": manifest.articles,
        "passages": manifest.passages,
    }


class PageCollector(Collector):
    """Collects what a page is at the moment: its library, and its queue."""

    def __init__(self, provider: AssistantProvider, waiting: Waiting) -> None:
        self._provider = provider
        self._waiting = waiting

    def collect(self) -> Iterator[Metric]:
        """Yield the numbers as they are now."""
        waiting = self._waiting()
        yield GaugeMetricFamily("qa_queue_waiting", "Questions in the queue", waiting)
        said = state(self._provider)
        yield GaugeMetricFamily(
            "qa_ready", "If questions are answered", said["status"] == "ready"
        )
        for name in ("articles", "passages"):
            held = int(str(said.get(name, 0)))
            yield GaugeMetricFamily(f"qa_{name}", f"The library's {name}", held)
