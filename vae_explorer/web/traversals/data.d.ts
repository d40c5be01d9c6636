/** What the page hands to the traversal board; tests/ui/components/test_traversal_board.py holds every name here against the page's. */

import type { Image } from "../pieces/cells.js";
import type { UnitNames } from "../pieces/units.js";

export interface BoardData {
  /** Id of a checkpoint, and the version of its content. */
  model: string;
  version: string;
  image: Image;
  latent_dim: number;
  /** The class to decode as; null for a model that takes none. */
  y: number | null;
  /** [D] */
  pin: number[];
  /** The data point whose mu the pin is, if it is one's. */
  point: number | null;
  /** Where a reset leads, [D]. */
  home: number[];
  /** Most informative first. */
  units: Unit[];
  unit_names: UnitNames;
  grid: LabelledPlane;
  /** What stands under a picture that is taken along. */
  caption: string;
}

export interface Unit {
  unit: number;
  /** Mean, in nats; null for a plain autoencoder. */
  kl: number | null;
  /** Var(mu) */
  variance: number;
  /** Where a double click leads. */
  home: number;
  /** The ends of its slider. */
  low: number;
  high: number;
  /** The values it is walked through. */
  strip: number[];
}

/** The values a cell of a grid over one or two units; row 0 holds the largest y, and one unit means one row. */
export interface LabelledPlane {
  units: number[];
  x: number[];
  y: number[];
  /** One for each unit: what it is called, and that with what ranks it. */
  names: string[];
  labels: string[];
}
