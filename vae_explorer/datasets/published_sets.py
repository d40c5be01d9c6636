"""torchvision, which reads and fetches published data sets: loaded when one is wanted, and of use to nothing else."""

from typing import Any

from vae_explorer.errors import DataUnavailable


def torchvision_sets() -> Any:
    """Its module of data sets.

    Raises:
        DataUnavailable: where it is missing, or was made for another PyTorch than the one beside it.
    """
    try:
        from torchvision import datasets
    except Exception as error:  # what a library says that does not fit is of any kind
        told = "torchvision cannot be loaded; install it and PyTorch together: `pip install -r requirements.txt`."
        raise DataUnavailable(told) from error
    return datasets
