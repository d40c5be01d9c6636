"""How runs stand, in words and icons, and how often the page looks."""

from vae_explorer import engines
from vae_explorer.jobs.reports import RunState, Status

WORDS = {
    RunState.QUEUED: ("Waiting", "hourglass_empty"),
    RunState.RUNNING: ("Training", "play_circle"),
    RunState.FINISHED: ("Finished", "check_circle"),
    RunState.STOPPED: ("Stopped", "stop_circle"),
    RunState.FAILED: ("Failed", "error"),
    RunState.DIVERGED: ("Diverged", "error"),
    RunState.LOST: ("Cut off", "power_off"),
}
EARLY = ("Ended early", "flag_circle")
"""Of a finished run that patience ended."""
STARTING_PACE, BUSY_PACE, IDLE_PACE = 0.5, 1.0, 5.0
"""Seconds from one look at the runs to the next: until a run has begun, while there is work, while there is none."""


def place_words(status: Status) -> str:
    """Where a run waits or trains: in the queue, or on the engine of a sweep; empty of one that this machine trains."""
    title = engines.title(status.engine)
    if status.state == RunState.QUEUED:
        return f"waits for its sweep on {title}" if title else f"place {status.position} in the queue"
    return ", node ".join([*([f"on {title}"] if title else []), *([status.host] if status.host else [])])
