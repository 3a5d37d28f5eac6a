import stat

import pytest

from feedback_app.runtime import embedded_redis, queues


def test_only_its_owner_may_reach_the_server(redis_server):
    assert stat.S_IMODE(redis_server.folder.stat().st_mode) == 0o700
    assert queues.connect(redis_server.url).config_get("port") == {"port": "0"}


def test_what_was_queued_is_still_there_after_a_restart(redis_server, connection):
    connection.rpush("waiting", "a", "b")

    redis_server.stop()
    assert not embedded_redis.answers(redis_server.url)
    redis_server.start()

    assert connection.lrange("waiting", 0, -1) == [b"a", b"b"]


def test_a_folder_with_a_long_name_gets_a_short_socket(tmp_path):
    folder = tmp_path / ("d" * 120)

    assert len(bytes(embedded_redis.socket_path(folder))) < 108
    assert embedded_redis.socket_path(folder) == embedded_redis.socket_path(folder)


def test_an_installed_server_goes_before_the_bundled_one(tmp_path, monkeypatch):
    installed = tmp_path / "valkey-server"
    installed.write_text("#!/bin/sh\n")
    installed.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert embedded_redis.find_server() == installed


def test_without_any_server_there_is_none(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(embedded_redis, "find_spec", lambda _name: None)

    assert embedded_redis.find_server() is None


def test_a_folder_of_another_user_is_refused(tmp_path, monkeypatch):
    def forbidden(*_args, **_kwargs):
        raise PermissionError

    monkeypatch.setattr(type(tmp_path), "chmod", forbidden)

    with pytest.raises(RuntimeError, match="another user"):
        embedded_redis.command(tmp_path, tmp_path / "redis")
