"""VAE Explorer: train or load variational autoencoders and explore their latent space live.

The map of the house; imports point downward only (tests/test_imports.py holds it):

    cli, __main__  `python -m vae_explorer COMMAND`; app.py beside this folder is the web app
    notebook       bring: a model from a notebook into the app
    ui             pages, components and their state; `st.` begins here and nowhere else
    web            the ES modules that draw on canvases: wire/ and plot/ and pieces/, and one folder a component
    live           the live channel: websocket and binary routes (Starlette, no Streamlit)
    engines        ENGINES: where the runs of a sweep train: here, on Ray, on Slurm; one mechanism for all of them
    jobs           runs as child processes: asked for, queued, watched, stopped; sweeps of them, estimates of their cost
    trials         a few real steps: how long a run would take, which batch size fits in memory
    figures        measured figures -> figures of Plotly, plain data that its JavaScript draws
    runs           a training run from its settings to a finished checkpoint: planned, then executed
    unit_cards     what one latent unit says and does, measured; all cards of a model to take along
    advice         sentences on models from measured figures alone: beta, collapse, holes, slips in a loss
    factor_codes   codes of images whose factors are known, encoded once for each model
    scorer         scores measured in a child process, and found again
    exports        a model taken elsewhere: its weights for PyTorch, new images drawn from it
    importers      IMPORTERS: weights that were trained elsewhere, read by names, shapes and measurement
    measurement    what METRICS measure of a checkpoint, stored beside it
    journal        what is kept of a training to watch it and to go back in time; what it says, in sentences
    checkpoints    the checkpoint folder, the catalogue of all of them, and what is read from them
    training       Trainer: an iterator of Progress, with a state from which it goes on
    coding         encode a data set, decode z: PyTorch ends here, NumPy begins
    metrics        METRICS: what a model's codes and scores are good for
    alignment      which units of two models say the same
    projections    planes, fitted maps and the way back from them
    latents        an encoded data set: its figures, neighbours, clusters, selections, samples and walks
    objectives     the terms of the ELBO, and what a loss sees of a step
    models         ARCHITECTURES, LIKELIHOODS, PRIORS
    pictures       pictures of one's own, untrusted, to images of one size
    datasets       ImageSet and the DATASETS table, with pictures of one's own behind it
    run_settings   RunSettings: a preset and what differs from it
    presets        PRESETS: settings by name
    betas          what a person changed of beta while it trained
    config         frozen settings with all their validation
    losses         LOSSES: what training minimises, and the settings that single losses need
    beta_range     the βs of a multi-rate network: one net that was trained for all of them
    regular_files  the one door to files that anybody may have written: regular, bounded, no link followed
    strict_json    JSON of finite numbers, nested no deeper than any of ours
    plain_json     settings as plain JSON and back
    schedules      what changes over a training
    glossary       GLOSSARY: every word of the field on a screen, in one sentence and its formula
    torchrun       this process among those that torchrun started
    folders        folders written whole
    npz            named arrays as one file and back, never pickle, never more than expected
    bounds         numbers within bounds
    read_only      VAE_EXPLORER_READ_ONLY, and the refusal that every writer asks for
    cache          the folder of what can be computed again
    errors         the kinds of ExplorerError, and `require`
    images         pictures to bytes
    reported_task  work in a child process that tells how far it has come
    child_folder   a temporary folder for a child process, deleted however its processes end
    leash          a child process that ends with whoever asked for it
    child_reports  the child's side of it
    child_queue    work for child processes, one at a time, joined and stopped
    colours        the colours of classes, clusters and models
    levels         columns as the browser holds them
    memory         memory that runs out
    standard       codes in standard units
    spread         mean, standard deviation and number of a figure over seeds
    texts          text that is long, figures of any size
"""

from vae_explorer.notebook import bring

__all__ = ["bring"]
