"""LOSSES: what training minimises; one file and one row each. No PyTorch is imported: a step brings its tensors.

row          what a row says: Loss, its Settings and Requirements, and the Step that its function looks at
beta_vae     nll + β · rate
capacity     a rate held to a capacity that grows
free_bits    units whose first nats cost nothing
beta_tcvae   β on the total correlation alone, estimated from the batch
factor_vae   β on the total correlation by a discriminator
iwae         the importance-weighted bound
autoencoder  reconstruction alone
pca          the least squared error of a linear model, solved for
"""

from vae_explorer.losses import autoencoder, beta_tcvae, beta_vae, capacity, factor_vae, free_bits, iwae, pca
from vae_explorer.losses.row import Loss, Setting

LOSSES: dict[str, Loss] = {
    "beta-vae": beta_vae.ROW,
    "capacity": capacity.ROW,
    "free-bits": free_bits.ROW,
    "beta-tcvae": beta_tcvae.ROW,
    "factor-vae": factor_vae.ROW,
    "iwae": iwae.ROW,
    "ae": autoencoder.ROW,
    "pca": pca.ROW,
}


def loss_settings() -> dict[str, Setting]:
    """The settings of single losses by name, of the table as it is now."""
    return {setting.name: setting for row in LOSSES.values() for setting in row.settings}
