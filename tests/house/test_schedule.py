"""Every periodic job exists, and every queue has somebody who works on it."""

import importlib

import pytest
from croniter import croniter

from feedback_app import schedule
from feedback_app.runtime import up


@pytest.mark.parametrize("job", schedule.PERIODIC, ids=lambda job: job.name)
def test_a_periodic_job_names_a_function_and_a_time(job):
    module, _, name = job.function.rpartition(".")

    assert callable(getattr(importlib.import_module(module), name))
    assert croniter.is_valid(job.cron)
    assert job.timeout > 0


def test_the_drain_that_the_relay_asks_for_exists():
    module, _, name = schedule.DRAIN.rpartition(".")

    assert callable(getattr(importlib.import_module(module), name))


def test_names_of_periodic_jobs_are_distinct_and_fit_into_job_ids():
    names = [job.name for job in schedule.PERIODIC]

    assert len(names) == len(set(names))
    assert not any(":" in name for name in names)


def test_every_queue_of_a_periodic_job_is_listed():
    assert {job.queue for job in schedule.PERIODIC} <= set(schedule.QUEUES)


@pytest.mark.parametrize("queue", schedule.QUEUES, ids=lambda queue: queue.name)
def test_every_queue_has_its_workers_when_all_is_started(queue):
    commands = [list(program.command)[-3:] for program in up.background("redis://localhost")]

    assert commands.count(["work", "--queue", queue.name]) == queue.workers >= 1
