"""Fashion-MNIST: pictures of clothes, in place of MNIST's digits (Xiao et al. 2017)."""

from vae_explorer.datasets.idx_files import IdxFiles

CLASSES = ("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot")
FILES = IdxFiles("fashion-mnist", "Fashion-MNIST", "FashionMNIST", CLASSES)
available, load, download = FILES.available, FILES.load, FILES.download
