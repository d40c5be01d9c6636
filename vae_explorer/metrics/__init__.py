"""Figures of merit on latents: one file each, NumPy in and plain numbers out.

evaluation  what one encoding of a split says: nll, rate, ELBO, active units
aggregate   where the codes of all images together lie
probes      how well simple classifiers read the class off mu
anomaly     whether a model finds the images of a class that it was never shown
"""
