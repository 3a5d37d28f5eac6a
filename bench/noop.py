"""The yardstick of latency: a job that does nothing but note when it began, on RQ's forking worker."""

import sys
import time

from redis import Redis
from rq import Queue, Worker, get_current_job
from rq.job import Job
from rq.serializers import JSONSerializer

NAME = "bench-noop"
BEGAN = "bench-began"
PATIENCE = 5


class NoAnswer(Exception):
    """The job did not say that it began: it failed, or nobody works."""


def body() -> None:
    """Note the moment; the clock is the same for all processes of a machine."""
    began = time.monotonic()
    job = get_current_job()
    if job is not None:
        job.connection.rpush(BEGAN, repr(began))


def queue(connection: Redis) -> Queue:
    return Queue(NAME, connection=connection, serializer=JSONSerializer)


def delay(connection: Redis, function: str = "bench.noop.body") -> float:
    """Enqueue the job and return the seconds until its body ran, which ends before this returns.

    Raises:
        NoAnswer: the body did not run within ``PATIENCE`` seconds.
    """
    connection.delete(BEGAN)
    enqueued = time.monotonic()
    job = queue(connection).enqueue(function, result_ttl=0, failure_ttl=60)
    noted = connection.blpop([BEGAN], timeout=PATIENCE)
    if noted is None:
        raise NoAnswer(function)
    _wait_for_end(job)
    return float(noted[1]) - enqueued


def _wait_for_end(job: Job) -> None:
    """Wait until the worker is idle again: the next job must not queue behind this one."""
    deadline = time.monotonic() + PATIENCE
    while Job.exists(job.id, connection=job.connection) and time.monotonic() < deadline:
        time.sleep(0.005)
    time.sleep(0.02)


def main(url: str) -> None:
    connection = Redis.from_url(url)
    Worker([queue(connection)], connection=connection, serializer=JSONSerializer).work(
        logging_level="WARNING"
    )


if __name__ == "__main__":
    main(sys.argv[1])
