"""The unit whose card is shown."""

from vae_explorer.ui import state
from vae_explorer.ui.scene import Scene


def chosen_unit(scene: Scene) -> int:
    """The unit that was chosen, or the most informative where none was or this model has no such unit."""
    unit = state.get("unit")
    if unit is not None and unit < scene.latent_dim:
        return unit
    if unit is not None:
        state.note(f"Unit: there is no unit {unit}, this model has {scene.latent_dim}; the most informative is shown.")
    state.put("unit", scene.ranked[0])
    return scene.ranked[0]
