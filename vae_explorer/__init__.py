"""VAE Explorer: train or load variational autoencoders and explore their latent space live.

The map of the house; imports point downward only (tests/test_imports.py holds it):

    app.py, cli           the two entrances: the web app and `python -m vae_explorer`
    ui/pages/             straight scripts, one a page; main.py among them is navigation only
    ui/                   params, state and scene: what is being looked at, in the session and in the URL;
                          components/ mount the ES modules of web/; `st.` begins here and nowhere else
    live/                 the live channel: websocket and binary routes (Starlette, no Streamlit)
    jobs/                 runs as child processes: asked for, queued, watched, stopped; their folders are the state;
                          sweeps of them, and estimates of what they would cost
    trials                a few real steps: how long a run would take, which batch size fits in memory
    runs                  a training run from its settings to a finished checkpoint
    journal/, explaining  what is kept of a training to watch it and to go back in time; what it says, in sentences
    columns, originals    every value and every image behind the points of a map, by name
    filming               a run's journal as a GIF
    figures               measured figures -> Plotly figures; the only `import plotly`
    catalogue             the checkpoints of this machine by id, and bounded caches of what was loaded from them
    training, means       Trainer: an iterator of Progress, with a state from which it goes on; means over its steps
    optimizers, adversary Adam and its state as plain arrays; FactorVAE's discriminator
    machine               what a process that trains sets of its processor and memory
    coding                encode a data set, decode z: PyTorch ends here, NumPy begins
    checkpoints, folders  the only reader and writer of the checkpoint folder; folders written whole
    packing               latents.npz: Latents as bytes and back
    neighbours, clusters  images that are encoded alike; groups of them, found without labels
    selection             images within an area drawn on a map, and what is made of them
    latents, projections  an encoded data set and its measured figures; planes, fitted maps and the way back from them
    models/, objectives   ARCHITECTURES, LIKELIHOODS, PRIORS; the terms of the ELBO and LOSSES
    datasets/             ImageSet and the DATASETS table
    metrics/              probes and anomaly detection: what codes and scores are good for
    traversals, sampling  geometry on z; codes drawn from the prior or from a mixture fitted to the aggregate posterior
    presets, schedules    PRESETS: settings by name; what changes over a training
    betas                 what a person changed of beta while it trained
    config, errors        frozen settings with all their validation; the kinds of ExplorerError
    images, colours       leaves: pictures to bytes; the colours of classes and of models
    levels, memory        leaves: columns as the browser holds them; memory that runs out
"""
