"""Figures of merit on latents: one file each, NumPy in and plain numbers out."""
