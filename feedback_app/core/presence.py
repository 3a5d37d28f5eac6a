"""Who is looking at what just now: a few keys in Redis that forget by themselves; without Redis nobody is seen."""

import redis
import structlog
from flask import current_app

from feedback_app.core import clock

log = structlog.get_logger()
SECONDS = 75  # after which somebody who gave no sign has gone
PREFIX = "looking"


def look(subject: str, who: int) -> list[int]:
    """Note that ``who`` looks at ``subject`` now; return who else does, by when they last gave a sign."""
    client: redis.Redis | None = current_app.extensions["bell"]
    if client is None:
        return []
    key, now = f"{PREFIX}:{subject}", clock.now().timestamp()
    try:
        pipe = client.pipeline()
        pipe.zremrangebyscore(key, "-inf", now - SECONDS)
        pipe.zadd(key, {str(who): now})
        pipe.expire(key, SECONDS)
        pipe.zrange(key, 0, -1)
        present = pipe.execute()[-1]
    except redis.RedisError as error:
        log.warning("nobody can be seen", error=type(error).__name__)
        return []
    return [int(id_) for id_ in present if int(id_) != who]
