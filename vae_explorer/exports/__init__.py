"""A model taken elsewhere: its weights for PyTorch, its two halves for ONNX, or new images drawn from it.

state_dict  the weights as a file that `torch.load` reads without running anything
graphs      encoder and decoder as ONNX files
functions   any two functions of PyTorch as such files
samples     new images of the prior, as an npz that is a data set of one's own
"""
