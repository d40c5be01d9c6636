/**
 * What the server tells of the journal of a run.
 *
 * tests/live/test_journals.py and test_atlas.py hold every name here against the server's.
 */

import type { Bounds } from "../plot/view.js";

/** Which snapshots there are of a run. */
export interface JournalIndex {
  at_work: boolean;
  epochs: number;
  /** The stamp of what every snapshot shows; null before the first snapshot. */
  fixed: string | null;
  /** In the order of their steps. */
  snapshots: Entry[];
}

export interface Entry {
  step: number;
  /** Another one when the snapshot was written again. */
  stamp: string;
  epoch: number;
  beta: number;
  /** Of its points; null when none of them is finite. */
  bounds: Bounds | null;
}

/** How many points there are, how many originals, and the size of a picture. */
export interface Sizes {
  n: number;
  m: number;
  c: number;
  h: number;
  w: number;
}

/** The header of what every snapshot shows; behind it class ids [n] and originals [m, c, h, w] as bytes. */
export interface FixedHeader extends Sizes {
  /** Where a walk along a unit goes, in standard deviations of the prior. */
  values: number[];
}

/** The header of a snapshot; behind it places [n, 2] as float32, then reconstructions [m], samples [k] and walks [units, values] as bytes. */
export interface SnapshotHeader extends Sizes {
  k: number;
  units: number;
  values: number;
  step: number;
  epoch: number;
  /** Of training. */
  seconds: number;
  beta: number;
  /** Nats per image; null where it is not finite. */
  nll: number | null;
  /** Nats per image; null where it is not finite, and for a plain autoencoder. */
  rate: number | null;
  /** Nats a unit, null where not finite; null for a plain autoencoder. */
  kl: (number | null)[] | null;
}

/** The header of the UMAP over time; behind it indices [n] as uint32 and places [steps, n, 2] as float32. */
export interface AlignedHeader {
  n: number;
  /** Of the snapshots that have a map, ascending. */
  steps: number[];
  /** Of all its points. */
  bounds: Bounds;
}
