"""Figures of merit on latents: one file each, NumPy in and plain numbers out.

probes   how well simple classifiers read the class off mu
anomaly  whether a model finds the images of a class that it was never shown
"""
