"""How runs stand, in words and icons, and how often the page looks."""

from vae_explorer.jobs.reports import RunState

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
