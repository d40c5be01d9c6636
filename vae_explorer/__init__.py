"""VAE Explorer: train or load variational autoencoders and explore their latent space live.

The map of the house; imports point downward only (tests/test_imports.py holds it):

    app.py, cli           the two entrances: the web app and `python -m vae_explorer`
    ui/                   Streamlit pages and components; `st.` begins here and nowhere else
    live/                 the live channel: websocket and binary routes (Starlette, no Streamlit)
    figures               arrays -> Plotly figures; the only `import plotly`
    catalogue             the checkpoints of this machine by id, and the bounded caches of what was loaded
    training              train(): an iterator of Progress; evaluate()
    coding                encode a data set, decode z: PyTorch ends here, NumPy begins
    checkpoints           the only reader and writer of the checkpoint folder
    latents, projections  NumPy records of encoded data sets, and planes through them
    models/, objectives   ARCHITECTURES and the terms of the ELBO
    datasets/             ImageSet and the DATASETS table
    traversals, images    geometry on z; float images -> mosaics, PNG, GIF
    config, errors        frozen settings with all their validation; the kinds of ExplorerError
"""
