"""How runs stand, in words and icons, and how often they are looked at."""

from vae_explorer.jobs.reports import FAILED, FINISHED, LOST, QUEUED, RUNNING, STOPPED

WORDS = {
    QUEUED: ("Waiting", "hourglass_empty"),
    RUNNING: ("Training", "play_circle"),
    FINISHED: ("Finished", "check_circle"),
    STOPPED: ("Stopped", "stop_circle"),
    FAILED: ("Failed", "error"),
    LOST: ("Cut off", "power_off"),
}
BUSY = (QUEUED, RUNNING)
STARTING_PACE, BUSY_PACE, IDLE_PACE = 0.5, 1.0, 5.0
"""Seconds from one look at the runs to the next: until a run has begun, while there is work, while there is none."""
