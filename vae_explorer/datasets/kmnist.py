"""KMNIST: ten cursive hiragana from classical Japanese books (Clanuwat et al. 2018)."""

from vae_explorer.datasets.idx_files import IdxFiles

CLASSES = ("o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo")
FILES = IdxFiles("kmnist", "KMNIST", "KMNIST", CLASSES)
available, load, download = FILES.available, FILES.load, FILES.download
