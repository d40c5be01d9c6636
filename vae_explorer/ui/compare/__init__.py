"""The Compare page beyond its script.

family   what the comparison starts with
models   which models and which images, so that only the models differ
samples  new images of each, from its prior or from its aggregate posterior
columns  matched units, planes, and places of one map as codes of each model
told     all of it, as the browser is told it
charts   all models of the same images: rate against distortion, scores against β
ready    comparisons of the zoo that are ready to be opened
model_figures  all of their figures, in one table and as CSV
"""
