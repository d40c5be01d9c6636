"""Training a model, step by step; no files, no threads, no prints.

trainer        Trainer: an iterator of Progress, with a state from which it goes on
first_weights  what a run begins with
closed_form    the weights of a linear model, solved for
optimizers     Adam and its state as plain arrays
adversary      FactorVAE's discriminator
beta_draws     the weight on the rate at a step; the βs of a multi-rate network
image_batches  the training images by their rows
divergence     whether a run has diverged, judged on a scale
windows        means over optimizer steps in a row
process        what a process that trains sets of its processor and memory
"""
