"""encoder.N, fc_mu, fc_logvar, decoder.N: sequences beside named heads, of dense layers or of convolutions."""

from vae_explorer.importers.blueprint import SECOND_HEAD
from vae_explorer.importers.layout import Layout
from vae_explorer.importers.named_heads import LOG_VARIANCE, MU

INDEX = r"(\.\d+)+"
FIRST = r"decoder_?(input|fc|lin|linear)|(fc|lin|linear)_?(decode|decoder|dec|z|up)"
CODE = rf"({FIRST}|fc3|dense(\.\d+)?|z_?to_?hidden|project)"
OUT = rf"(final_layer|decoder_output|output|out|logits)({INDEX})?"
LAYOUT = Layout(
    "sequences with named heads",
    (rf"(encoder|enc|features){INDEX}", r"(encoder_?(fc|linear|output)|fc_?(enc|encode|encoder))"),
    (rf"((encoder|enc)\.)?{MU}", rf"((encoder|enc)\.)?{LOG_VARIANCE}"),
    (CODE, rf"(decoder|dec){INDEX}", OUT),
    usual={SECOND_HEAD: "log-variance"},
    resized=True,
)
