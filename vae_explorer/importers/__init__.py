"""IMPORTERS: one row for each layout of weights that were trained elsewhere.

beginnings         how files of weights begin
weight_file        a file of weights as named arrays, measured before it is read
layers             layers by the place that names them
layout             how one source names its layers
blueprint          what weights say for certain, and the questions they leave open
chain              layers as a network, by names and by shapes that must meet
strides            strides, paddings and pools that lead from one size to another
planes             the same filled into a draft of layers
plan               from weights to the blueprint of the layout that fits
interpretation     a blueprint with all answers, as a model of our own
passes             layers run on batches, of many chains at once
reconstructions    images as many readings reconstruct them
subject            what is to be read, and how its readings are tried
identification     which reading reconstructs images
rest               whether training would leave a second head where it is
second_head        what the second head of weights means
graph_ends         how images and codes lie in two ONNX graphs
graph_zip          two ONNX files in one zip
graph_pair         two ONNX files as encoder and decoder
graph_head         what the second head of an ONNX encoder means
graph_answers      the answers, written into the files
decision           all questions answered, or asked
own                state dicts that left here, which tell their settings
notes              what a source writes beside its weights
intake             a file to a checkpoint
pytorch_examples   fc1, fc21, fc22, fc3, fc4
lyeoni             fc1 to fc6
named_heads        fc1, fc_mu, fc_logvar and two more
jackson_kang       FC_input, FC_mean, FC_var, FC_hidden, FC_output
sequences          encoder.N, fc_mu, fc_logvar, decoder.N
chunked            one layer for both heads
sksq96             encoder.N, fc1 and fc2 as heads, fc3, decoder.N
rasbt              encoder.N, z_mean, z_log_var, decoder.N of odd strides
antixk             AntixK's networks of blocks
disentangling_vae  encoder.conv1 to mu_logvar_gen
beta_tcvae         encoder.fc1 to fc3, decoder.net.N
konny              networks H and B of 1Konny
pythae             encoder.layers.N, encoder.embedding
disent             _encoder.model.N
podgorskiy         convN, convN_bn, d1, deconvN
"""

from collections.abc import Mapping

from vae_explorer.importers import (
    antixk,
    beta_tcvae,
    chunked,
    disent,
    disentangling_vae,
    jackson_kang,
    konny,
    lyeoni,
    named_heads,
    podgorskiy,
    pythae,
    pytorch_examples,
    rasbt,
    sequences,
    sksq96,
)
from vae_explorer.importers.layout import Layout

IMPORTERS: Mapping[str, Layout] = {
    "pytorch-examples": pytorch_examples.LAYOUT,
    "lyeoni": lyeoni.LAYOUT,
    "named-heads": named_heads.LAYOUT,
    "jackson-kang": jackson_kang.LAYOUT,
    "sksq96": sksq96.LAYOUT,
    "rasbt": rasbt.LAYOUT,
    "antixk": antixk.LAYOUT,
    "disentangling-vae": disentangling_vae.LAYOUT,
    "beta-tcvae": beta_tcvae.LAYOUT,
    "1konny-h": konny.H,
    "1konny-b": konny.B,
    "pythae": pythae.LAYOUT,
    "disent": disent.LAYOUT,
    "podgorskiy": podgorskiy.LAYOUT,
    "sequences": sequences.LAYOUT,
    "chunked": chunked.NAMED,
    "chunked-last": chunked.LAST,
    "chunked-numbered": chunked.NUMBERED,
}
"""By name, in the order in which they are tried: what has one source before what many have in common."""
