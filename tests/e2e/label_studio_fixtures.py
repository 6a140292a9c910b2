"""A real Label Studio server for the tests, and a proxy that loses the connection on demand."""

import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests

from pipeline.commands.label_server import PROGRAM, local_server
from pipeline.project import Project
from tests.e2e.annotation_project import Running
from tests.house.imports import ROOT


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


@pytest.fixture(scope="session")
def label_studio(tmp_path_factory) -> Iterator[Running]:
    """The real server on a new database."""
    beside = ROOT / ".venv-server/bin/label-studio"
    if not (os.environ.get(PROGRAM) or beside.exists() or shutil.which("label-studio")):
        if os.environ.get("LICHANG_REQUIRE_LABEL_STUDIO"):
            pytest.fail("the Label Studio server is required here: make .venv-server/ready")
        pytest.skip("the Label Studio server is not installed: make .venv-server/ready")
    root = tmp_path_factory.mktemp("server")
    with pytest.MonkeyPatch.context() as patch:
        if beside.exists():
            patch.setenv(PROGRAM, str(beside))
        for name in ("LABEL_STUDIO_API_KEY", "LABEL_STUDIO_USERNAME", "LABEL_STUDIO_PASSWORD"):
            patch.delenv(name, raising=False)
        with local_server(Project(root), free_port()) as (server, login):
            yield Running(
                server.url, login.token, login.username, login.password, root / ".label-studio"
            )


@pytest.fixture
def cutting_proxy() -> Iterator[Callable[[str], tuple[str, Callable[[str], None]]]]:
    """Start a proxy before a server: (its address, a function that names what it cuts off)."""
    started: list[ThreadingHTTPServer] = []

    def start(upstream: str) -> tuple[str, Callable[[str], None]]:
        cut: list[str] = []

        class Proxy(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if any(part in self.path for part in cut):
                    self.connection.close()
                    return
                head = {k: v for k, v in self.headers.items() if k.lower() != "host"}
                got = requests.get(upstream + self.path, headers=head, timeout=60)
                self.send_response(got.status_code)
                self.send_header("Content-Type", got.headers["Content-Type"])
                self.send_header("Content-Length", str(len(got.content)))
                self.end_headers()
                self.wfile.write(got.content)

            def log_message(self, *_: object) -> None:
                pass

        proxy = ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
        started.append(proxy)
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{proxy.server_port}", cut.append

    yield start
    for proxy in started:
        proxy.shutdown()
        proxy.server_close()
