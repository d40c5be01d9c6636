"""Tasks of Ray: on a cluster at an address, or on one of this machine that lasts as long as the sweep.

A cluster is joined by a machine that is part of it. Each task takes one CPU; Ray's own retries are off, for those of
the driver are the same on all engines.
"""

import contextlib
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from vae_explorer.engines import worker
from vae_explorer.engines.row import Crew, WorkerLost
from vae_explorer.errors import InvalidSetting, require

PATIENCE = 10.0
"""Seconds in which an address answers."""
GREETING = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes((0, 0, 0, 4, 0, 0, 0, 0, 0))
"""With which HTTP/2 begins, and an empty frame of settings; whoever speaks it, as gRPC does, answers with its own."""
SILENT = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0"}
"""Nothing of the cluster is reported to anybody, and a task without a GPU hides none from its trainer."""
QUIET = {"include_dashboard": False, "log_to_driver": False, "logging_level": "ERROR", "configure_logging": False}


@contextmanager
def crew(address: str) -> Iterator[Crew]:
    """The workers of the cluster, which is left when the sweep is over.

    Raises:
        InvalidSetting: when the address is none, does not answer within PATIENCE, or is no cluster that fits.
    """
    if address:
        _require_answer(address)
    os.environ.update(SILENT)
    import ray

    with contextlib.redirect_stdout(sys.stderr):  # where Ray says what happens to its workers
        try:
            _join(ray, address)
            task = ray.remote(num_cpus=1, max_retries=0)(worker.attempt)
            slots = int(ray.cluster_resources().get("CPU", 1))
            yield Crew(lambda one: _Pending(ray, task.remote(*one)), slots)
        finally:
            ray.shutdown()


class _Pending(NamedTuple):
    """A task of Ray."""

    ray: Any
    reference: Any

    def done(self) -> bool:
        return bool(self.ray.wait([self.reference], timeout=0)[0])

    def result(self) -> str:
        try:
            return self.ray.get(self.reference)
        except self.ray.exceptions.RayTaskError as error:
            return f"A worker of Ray cannot run VAE Explorer: {_last(error)}; install it on all machines alike."
        except self.ray.exceptions.RayError as error:
            raise WorkerLost(f"Ray lost the worker: {_first(error)}.") from error


def _join(ray: Any, address: str) -> None:
    """Join the cluster at an address, or start one here.

    Raises:
        InvalidSetting: with the last of what Ray says of it.
    """
    try:
        ray.init(address=address or "local", **(QUIET if not address else _joining()))
    except (RuntimeError, ConnectionError, ValueError, ray.exceptions.RayError) as error:
        where = f"The cluster at {address}" if address else "A cluster of Ray on this machine"
        raise InvalidSetting(f"{where} cannot be used: {_first(error)}.") from error


def _joining() -> dict[str, Any]:
    return {name: value for name, value in QUIET.items() if name != "include_dashboard"}


def _require_answer(address: str) -> None:
    """Refuse an address at which no gRPC answers; Ray itself would wait for most of a minute."""
    host, _, port = address.rpartition(":")
    fits = bool(host) and port.isdecimal() and 0 < int(port) < 1 << 16
    require(fits, f"An address of Ray is HOST:PORT, as in 10.0.0.5:6379, not “{address[:60]}”.")
    until = time.monotonic() + PATIENCE
    with contextlib.suppress(OSError), socket.create_connection((host, int(port)), timeout=PATIENCE) as found:
        found.settimeout(max(0.1, until - time.monotonic()))
        found.sendall(GREETING)
        if found.recv(9):
            return
    raise InvalidSetting(f"No cluster of Ray answers at {address} within {PATIENCE:.0f} s; see `ray status` there.")


def _first(error: Exception) -> str:
    """Its first sentence: what follows names files of Ray's own."""
    line = next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)
    return line.partition(". ")[0].rstrip(".")[:300]


def _last(error: Exception) -> str:
    return next((line.strip() for line in reversed(str(error).splitlines()) if line.strip()), "")[:300]
