import pytest

from feedback_app.runtime import queues
from tests.redis_server import RedisServer


@pytest.fixture
def redis_server(tmp_path):
    server = RedisServer(tmp_path / "redis")
    yield server
    server.stop()


@pytest.fixture
def connection(redis_server):
    client = queues.connect(redis_server.url)
    yield client
    client.close()
