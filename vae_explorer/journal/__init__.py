"""The journal of a training run: what is needed to watch it and to go back in time, beside the checkpoint.

<journal>/
    fixed.npz               what every snapshot shows: the same images, the same eps, the same walks
    trace.jsonl             means over a few steps each, one line; grows while training goes on
    snapshots/000000123.npz the model at one step, as the fixed images and codes see it
    wish.json               what a person wants changed while it trains
    aligned-umap.npz        UMAPs of some of the snapshots together, once a person has asked for them
"""
