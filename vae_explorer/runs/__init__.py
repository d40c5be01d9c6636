"""A training run from its settings to a finished checkpoint. This is the door.

plans      what a run is to do, checked before anything is read or written
continuation  what a run that was interrupted, or is finished, goes on with
run_images  what it is trained on, and what is looked at after each epoch
execution  a planned run to its finished checkpoint
"""

from vae_explorer.runs.continuation import resumption
from vae_explorer.runs.execution import assist, encode, execute, measure
from vae_explorer.runs.plans import Plan, plan, refuse_existing

__all__ = ["Plan", "assist", "encode", "execute", "measure", "plan", "refuse_existing", "resumption"]
