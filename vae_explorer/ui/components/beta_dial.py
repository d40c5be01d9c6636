"""The dial that turns a multi-rate network to a β; everything on the page follows while it is dragged."""

from vae_explorer.checkpoints import Checkpoint
from vae_explorer.ui.components.served import event_callbacks, served

_dial = served("dial", ("pieces/finger_view",))


def beta_dial(checkpoint: Checkpoint) -> None:
    """A slider over the βs of a network that was trained for many; nothing for a network of one β."""
    betas = checkpoint.recipe.model.betas
    if betas is None:
        return
    about = (
        f"One network, trained for every β from {betas.low:g} to {betas.high:g} at once. Drag: points move between "
        "measured places, pictures are decoded at the β under the hand; let go, and everything is measured."
    )
    data = {"network": checkpoint.name, "beta": checkpoint.recipe.beta, "stops": list(betas.stops()), "about": about}
    _dial(key="beta-dial", data=data, **event_callbacks("beta-dial", "beta"))
