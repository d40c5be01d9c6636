"""encoder.N, decoder.N and one layer for both heads, beside the encoder or as its last."""

from vae_explorer.importers.layout import Layout
from vae_explorer.importers.sequences import CODE, INDEX, OUT

HEAD = r"((encoder|enc)\.)?(fc_?)?(moments|head|heads|latent|params|mu_?log_?var|mu_?sigma|to_?latent|fc|z)"
NAMED = Layout(
    "sequences with one layer for both heads",
    (rf"(encoder|enc){INDEX}",),
    (HEAD,),
    (CODE, rf"(decoder|dec){INDEX}", OUT),
    resized=True,
)
LAST = Layout(
    "sequences whose last layer is both heads",
    (rf"(encoder|enc){INDEX}",),
    (),
    (CODE, rf"(decoder|dec){INDEX}", OUT),
    resized=True,
)
NUMBERED = Layout("fc1, fc2 for both heads, fc3, fc4", ("fc1",), ("fc2",), ("fc3", "fc4"))
