"""Unit cards: what one latent unit of a model says and does, every figure of it measured.

subject   a sample of images seen through a model, that all of its cards rest on
card      one unit's figures: what it moves, what is lost without it
shelf     cards measured once for each model, kept on disk
matches   the unit that says the same in every other model of the data set
pictures  what stands for a unit: its traversal, its images, its bars
export    all cards of a model as one JSON and one HTML
"""
