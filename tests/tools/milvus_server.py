"""A real Milvus server for the tests: `python -m tests.tools.milvus_server FOLDER`.

It lets in who has MILVUS_TOKEN=root:Milvus, as every Milvus does that asks for one. It says its
port once it answers, and stops when its standard input ends, as it does too when the tests are
killed.
"""

from __future__ import annotations

import sys

from milvus import MilvusServer


def main() -> None:
    server = MilvusServer()
    server.set_base_dir(sys.argv[1])
    server.config.set("proxy.timeTickInterval", 50)  # ms: what is written is seen sooner
    server.config.set("authorization_enabled", True)
    try:
        server.start()
        sys.stdout.write(f"{server.listen_port}\n")
        sys.stdout.flush()
        sys.stdin.read()
    finally:
        server.stop()


if __name__ == "__main__":
    main()
