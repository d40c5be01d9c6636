"""The importance-weighted bound on log p(x): closer to it than the ELBO, the more draws the closer."""

from vae_explorer.metrics.evidence import Evidence


def measure(evidence: Evidence, iw_samples: int) -> float:
    """The mean over images of the bound from K = `iw_samples` draws, in nats (Burda et al. 2016).

    Raises:
        InvalidSetting: for fewer than 1 or more than 100,000 samples.
    """
    return float(evidence.bound(iw_samples).mean(dtype=float))
