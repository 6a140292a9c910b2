"""`make label-studio`: the real server on this machine, its project made and ready."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from urllib.request import urlopen

from pipeline.commands.label_login import ADDRESS, Login, local_login
from pipeline.commands.label_projects import current_screen, ensure_project, own_projects
from pipeline.errors import InputError
from pipeline.label_studio import Server
from pipeline.project import Project

HOST = "127.0.0.1"
WAIT = 240  # seconds for a first start, which makes the database
PROGRAM = "LABEL_STUDIO_PROGRAM"
QUIET = {
    "LABEL_STUDIO_COLLECT_ANALYTICS": "false",
    "LABEL_STUDIO_LATEST_VERSION_CHECK": "false",
    "LABEL_STUDIO_SENTRY_DSN": "",
    "LABEL_STUDIO_FRONTEND_SENTRY_DSN": "",
}
"""No word to the outside."""
LOCAL_USE = {
    "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true",
    "LABEL_STUDIO_SSRF_PROTECTION_ENABLED": "false",
    "LABEL_STUDIO_ML_BLOCK_LOCAL_IP": "false",
}
"""A token that a script can hold, and an ML backend on this machine."""


def program(project: Project) -> str:
    """The server's program. Raises InputError when it is not installed."""
    beside = project.root / ".venv-server/bin/label-studio"
    found = os.environ.get(PROGRAM) or (str(beside) if beside.exists() else None)
    found = found or shutil.which("label-studio")
    if not found:
        raise InputError(
            "the Label Studio server is not installed: 'make label-studio' installs and starts "
            f"it, or name its program in {PROGRAM}"
        )
    return found


@contextmanager
def local_server(
    project: Project, port: int, home: Path | None = None
) -> Iterator[tuple[Server, Login]]:
    """Run the server on 127.0.0.1 until the block ends; its log and data are in `home`.

    Raises InputError when it does not answer in time, or ends.
    """
    home = home or project.login.parent
    login = local_login(home / project.login.name)
    url = f"http://{HOST}:{port}"
    if _answers(url):
        raise InputError(f"something answers at {url} already; choose another --port")
    with (home / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [program(project), "start", "--no-browser", "--internal-host", HOST, "-p", str(port)],
            env=_environment(home, url, login),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(process, url, home / "server.log")
            (home / ADDRESS).write_text(url, encoding="utf-8")
            yield Server(url, login.token), login
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _environment(home: Path, url: str, login: Login) -> dict[str, str]:
    own = {
        "LABEL_STUDIO_BASE_DATA_DIR": str(home),
        "LABEL_STUDIO_DATABASE_NAME": str(home / "label_studio.sqlite3"),
        "LABEL_STUDIO_HOST": url,
        "LABEL_STUDIO_USERNAME": login.username,
        "LABEL_STUDIO_PASSWORD": login.password,
        "LABEL_STUDIO_USER_TOKEN": login.token,
    }
    return {**os.environ, **QUIET, **LOCAL_USE, **own}


def _wait(process: "subprocess.Popen[bytes]", url: str, log: Path) -> None:
    for _ in range(2 * WAIT):
        if process.poll() is not None:
            raise InputError(f"the Label Studio server ended with {process.returncode}: see {log}")
        if _answers(url):
            return
        time.sleep(0.5)
    raise InputError(f"the Label Studio server did not answer in {WAIT} seconds: see {log}")


def _answers(url: str) -> bool:
    try:
        with urlopen(f"{url}/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except (OSError, HTTPException):
        return False


def serve_here(project: Project, port: int) -> None:
    """Run the server until Ctrl-C; says in one line where it is and how to log in."""
    print("starting Label Studio; the first start makes its database, about a minute", flush=True)
    with local_server(project, port) as (server, login):
        own = login.username.split("@")[0]
        there = own_projects(project, server)
        if own not in there:
            ensure_project(project, server, own, there, current_screen(project), update=False)
        print(_hint(server, login, project.login), flush=True)
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            print("stopped; everything is kept in", project.login.parent)


def _hint(server: Server, login: Login, file: Path) -> str:
    """Address and login; the password itself only to a person, never into a log."""
    password = login.password if sys.stdout.isatty() else f"(see {file})"
    return f"Label Studio: {server.url} · user {login.username} · password {password}"
