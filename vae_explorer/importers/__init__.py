"""IMPORTERS: one row for each layout of weights that were trained elsewhere.

weight_file        a file of weights as named arrays, measured before it is read
layers             layers by the place that names them
layout             how one source names its layers
blueprint          what weights say for certain, and the questions they leave open
chain              layers as a network, by names and by shapes that must meet
strides            strides and paddings that lead from one size to another
plan               from weights to the blueprint of the layout that fits
interpretation     a blueprint with all answers, as a model of our own
identification     which reading reconstructs images
second_head        what the second head means
decision           all questions answered, or asked
intake             a file to a checkpoint
pytorch_examples   fc1, fc21, fc22, fc3, fc4
lyeoni             fc1 to fc6
named_heads        fc1, fc_mu, fc_logvar and two more
jackson_kang       FC_input, FC_mean, FC_var, FC_hidden, FC_output
sequences          encoder.N, fc_mu, fc_logvar, decoder.N
chunked            one layer for both heads
"""

from collections.abc import Mapping

from vae_explorer.importers import chunked, jackson_kang, lyeoni, named_heads, pytorch_examples, sequences
from vae_explorer.importers.layout import Layout

IMPORTERS: Mapping[str, Layout] = {
    "pytorch-examples": pytorch_examples.LAYOUT,
    "lyeoni": lyeoni.LAYOUT,
    "named-heads": named_heads.LAYOUT,
    "jackson-kang": jackson_kang.LAYOUT,
    "sequences": sequences.LAYOUT,
    "chunked": chunked.NAMED,
    "chunked-last": chunked.LAST,
    "chunked-numbered": chunked.NUMBERED,
}
"""By name, in the order in which they are tried."""
