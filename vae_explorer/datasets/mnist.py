"""MNIST: handwritten digits (LeCun et al. 1998)."""

from vae_explorer.datasets.idx_files import IdxFiles

FILES = IdxFiles("mnist", "MNIST", "MNIST", tuple("0123456789"))
available, load, download = FILES.available, FILES.load, FILES.download
