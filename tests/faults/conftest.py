import pytest

from tests.faults.installation import Installation
from tests.postgres import Cluster
from tests.redis_server import RedisServer


@pytest.fixture(scope="module")
def cluster():
    """A PostgreSQL of our own, since these tests stop it."""
    cluster = Cluster()
    cluster.start()
    yield cluster
    cluster.remove()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def shared_installation(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("installation")
    url = f"sqlite:///{folder / 'faults.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("cluster").url
    redis = RedisServer(folder / "redis")
    installation = Installation(folder, url, redis)
    yield installation
    installation.close()
    redis.stop()


@pytest.fixture
def installation(shared_installation):
    yield shared_installation
    shared_installation.kill_all()
    shared_installation.connection.flushall()
