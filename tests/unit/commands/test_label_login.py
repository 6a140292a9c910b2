import pytest

from pipeline.commands.label_login import connect, local_login
from pipeline.errors import InputError
from pipeline.label_studio import Server
from pipeline.project import Project


@pytest.fixture(autouse=True)
def no_environment(monkeypatch):
    for name in ("URL", "API_KEY", "USERNAME", "PASSWORD"):
        monkeypatch.delenv(f"LABEL_STUDIO_{name}", raising=False)


def test_secrets_are_made_once_and_only_their_user_can_read_them(tmp_path):
    file = tmp_path / "new/login.json"
    first = local_login(file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert local_login(file) == first
    assert first.password not in repr(first)
    assert first.token not in repr(first)
    assert local_login(tmp_path / "other/login.json").token != first.token


def test_the_environment_comes_before_the_file(tmp_path, monkeypatch):
    monkeypatch.setenv("LABEL_STUDIO_PASSWORD", "given")
    assert local_login(tmp_path / "login.json").password == "given"
    assert "given" not in (tmp_path / "login.json").read_text(encoding="utf-8")


def test_secrets_that_others_can_read_are_refused(tmp_path):
    local_login(tmp_path / "login.json")
    (tmp_path / "login.json").chmod(0o644)
    with pytest.raises(InputError, match="chmod 600"):
        local_login(tmp_path / "login.json")


def test_without_token_and_server_the_error_says_what_to_do(tmp_path):
    with pytest.raises(InputError, match="set LABEL_STUDIO_API_KEY .* or start a server"):
        connect(Project(tmp_path))


@pytest.mark.parametrize(
    ("url", "token", "said"),
    [
        ("127.0.0.1:8080", "abc", "LABEL_STUDIO_URL"),
        ("http://[::1", "abc", "LABEL_STUDIO_URL"),
        ("http://127.0.0.1:8080", "\u94a5\u5319", "no token has"),
        ("http://127.0.0.1:8080", "a b", "no token has"),
    ],
)
def test_an_address_or_a_token_that_cannot_be_one_is_refused_without_the_token(url, token, said):
    with pytest.raises(InputError, match=said) as refused:
        Server(url, token)
    assert token not in str(refused.value)


def test_the_server_of_this_machine_is_found_where_it_ran_last(tmp_path):
    project = Project(tmp_path)
    local_login(project.login)
    (project.login.parent / "address").write_text("http://127.0.0.1:9999", encoding="utf-8")
    assert connect(project).url == "http://127.0.0.1:9999"
