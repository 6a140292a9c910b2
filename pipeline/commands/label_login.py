"""How to reach Label Studio: from the environment, else the server of this machine."""

import json
import os
import secrets
import stat
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.config import build
from pipeline.errors import InputError
from pipeline.label_studio import Server
from pipeline.project import Project

URL, TOKEN = "LABEL_STUDIO_URL", "LABEL_STUDIO_API_KEY"
USERNAME, PASSWORD = "LABEL_STUDIO_USERNAME", "LABEL_STUDIO_PASSWORD"
LOCAL = "http://127.0.0.1:8080"
ADDRESS = "address"
"""The file beside the secrets that says where this machine's server ran last."""


@dataclass(frozen=True)
class Login:
    """Who may use the server of this machine; never printed as a whole."""

    username: str
    password: str
    token: str

    def __repr__(self) -> str:
        return f"Login({self.username!r})"


def local_login(file: Path) -> Login:
    """The secrets of this machine's server: the environment's before those of `file`.

    The file is made on first use and only its user can read it. Raises InputError when others can.
    """
    if not file.exists():
        _write(file, Login("lichang@example.org", secrets.token_urlsafe(15), secrets.token_hex(20)))
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        raise InputError(f"others can read the secrets in {file}: run 'chmod 600 {file}'")
    try:
        kept = build(Login, json.loads(file.read_text(encoding="utf-8")), str(file))
    except ValueError as error:
        raise InputError(f"cannot read {file}: {error}; delete it to start anew") from None
    return Login(
        os.environ.get(USERNAME) or kept.username,
        os.environ.get(PASSWORD) or kept.password,
        os.environ.get(TOKEN) or kept.token,
    )


def _write(file: Path, login: Login) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump(asdict(login), out, indent=2)


def connect(project: Project) -> Server:
    """The server that LABEL_STUDIO_URL and LABEL_STUDIO_API_KEY name, else this machine's.

    Raises InputError when there is neither a token nor a server of this machine.
    """
    token = os.environ.get(TOKEN)
    if not token:
        if not project.login.exists():
            raise InputError(
                f"no token for Label Studio: set {TOKEN} (and {URL}), or start a server on this "
                "machine with 'make label-studio'"
            )
        token = local_login(project.login).token
    address = project.login.with_name(ADDRESS)
    here = address.read_text(encoding="utf-8").strip() if address.exists() else LOCAL
    return Server(os.environ.get(URL) or here, token)
