"""The journal of a training run: what is needed to watch it and to go back in time, beside the checkpoint.

<journal>/
    fixed.npz               what every snapshot shows: the same images, the same eps, the same walks
    trace.jsonl             means over a few steps each, one line; grows while training goes on
    snapshots/000000123.npz the model at one step, as the fixed images and codes see it
    wish.json               what a person wants changed while it trains
    aligned-umap.npz        UMAPs of some of the snapshots together, once a person has asked for them

recorder       what is written when, while a run trains
capture        what a snapshot is made of
snapshots      the model at one step, seen by the same images and codes
album          a run's snapshots on disk, evenly spread and never too many
trace          what training measures of itself, a line every few steps
wishes         what a person wants changed while a run trains
atlas          UMAPs of some of the snapshots, laid out together
atlas_process  the child process that computes an atlas
gap            the gap between images of training and others, over the epochs
remarks        what happens while a model trains, one sentence each
gif            a run's journal as a GIF
"""
