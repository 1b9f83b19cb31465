"""Ask a chat that runs somewhere, over HTTP, with nothing but Python.

qa chat &
python examples/http_client.py http://127.0.0.1:7860 "How far is Homs from Hama?"
"""

from __future__ import annotations

import json
import sys
from typing import Any
from urllib.request import Request, urlopen


def ask(chat: str, question: str, **options: str) -> dict[str, Any]:
    """Return the answer as JSON holds it; options are `history` and `stance`."""
    call = f"{chat}/gradio_api/call/ask"
    body = json.dumps({"data": [question, None, options.get("stance")]}).encode()
    with urlopen(Request(call, body, {"Content-Type": "application/json"})) as started:
        event = json.load(started)["event_id"]
    with urlopen(f"{call}/{event}") as stream:  # lines "event: …" and "data: …", in pairs
        data = [line[6:] for line in stream.read().decode().splitlines() if line[:5] == "data:"]
    answer: dict[str, Any] = json.loads(data[-1])[0]
    return answer


def main(chat: str, question: str) -> None:
    """Print the answer and its sources."""
    answer = ask(chat, question)
    print(answer["answer"])
    for citation in answer["citations"]:
        print(f"[{citation['number']}] {citation['title']}: “{citation['quote']}”")


if __name__ == "__main__":
    main(*sys.argv[1:3])
