"""Training a model, step by step; no files, no threads, no prints.

trainer        Trainer: an iterator of Progress, with a state from which it goes on
progress       what is told of a whole epoch
passes         one pass over a batch, of which a process takes its own rows
ranks          the processes that share a batch out among them; most often one alone
process_group  those that torchrun started, by PyTorch's DistributedDataParallel
first_weights  what a run begins with
closed_form    the weights of a linear model, solved for
optimizers     Adam and its state as plain arrays
adversary      FactorVAE's discriminator
beta_draws     the weight on the rate at a step; the βs of a multi-rate network
image_batches  the training images by their rows
validation     images that are not trained on, and the figures on them after each epoch
watched_images  a model's figures on a few images
best_epoch     the best epoch so far, and whether a better one is waited for
divergence     whether a run has diverged, judged on a scale
windows        means over optimizer steps in a row
process        what a process that trains sets of its processor and memory
"""
