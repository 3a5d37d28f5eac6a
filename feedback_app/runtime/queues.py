"""RQ as we use it: JSON everywhere, no results kept, failures forgotten after a day."""

from redis import Redis
from rq import Queue, Retry, SimpleWorker, Worker
from rq.job import Job
from rq.serializers import JSONSerializer

from feedback_app import schedule

FAILURES_KEPT = 24 * 3600
WORKER_TTL = 45  # an idle worker looks up every 30 s; with RQ's default it may stay deaf for minutes
MAINTENANCE = 120


def connect(url: str) -> Redis:
    """Return a client that notices within seconds that the server is gone; it connects on first use."""
    return Redis.from_url(url, socket_connect_timeout=2, socket_timeout=5, health_check_interval=15)


def queue(name: str, connection: Redis) -> Queue:
    """Return the RQ queue ``name``; every queue must come from here, for the serializer."""
    return Queue(name, connection=connection, serializer=JSONSerializer)


def enqueue(connection: Redis, where: schedule.Queue, function: str, job_id: str, timeout: int) -> Job:
    """Enqueue the function named by its dotted path; ``job_id`` must not hold a colon.

    A job whose worker died is tried twice more, which RQ does only for jobs that ask for it.
    """
    return queue(where.name, connection).enqueue(
        function,
        job_id=job_id,
        job_timeout=timeout,
        result_ttl=0,
        failure_ttl=FAILURES_KEPT,
        retry=Retry(max=2),
    )


def worker(where: schedule.Queue, connection: Redis) -> Worker | SimpleWorker:
    """Return a worker for the queue, of the kind the schedule asks for."""
    kind = SimpleWorker if where.warm else Worker
    return kind(
        [queue(where.name, connection)],
        connection=connection,
        serializer=JSONSerializer,
        worker_ttl=WORKER_TTL,
        maintenance_interval=MAINTENANCE,
        log_job_description=False,
    )
