"""A model taken elsewhere: its weights for PyTorch, its two halves for ONNX, its codes, or new images drawn from it.

state_dict  the weights as a file that `torch.load` reads without running anything
graphs      encoder and decoder as ONNX files
functions   any two functions of PyTorch as such files
codes       all encoded images with what is known of them, as CSV or npz
samples     new images of the prior, as an npz that is a data set of one's own
"""
