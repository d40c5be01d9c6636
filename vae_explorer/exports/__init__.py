"""A model taken elsewhere: its weights for PyTorch, or new images drawn from it.

state_dict  the weights as a file that `torch.load` reads without running anything
samples     new images of the prior, as an npz that is a data set of one's own
"""
