/** What the page hands to the interpolation; tests/ui/components/test_scrubber.py holds every name here against the page's. */

import type { Image } from "../pieces/cells.js";

export interface ScrubberData {
  /** Id of a checkpoint, and the version of its content. */
  model: string;
  version: string;
  image: Image;
  /** Codes, [P, D]; every `stride`-th is a frame. */
  path: number[][];
  stride: number;
  /** What to decode it as; null for a model that takes no class. */
  classes: PathClasses | null;
  /** What the second picture of an end is. */
  decoded: string;
  /** Where on the path one is, 0…1. */
  t: number;
  a: End;
  b: End;
  dataset: Originals;
  /** What stands under the strip that is taken along, and what its file is called. */
  caption: string;
  name: string;
}

/** The classes at both ends, of how many; between them every code has a share of both, as far as it has come. */
export interface PathClasses {
  start: number;
  end: number;
  classes: number;
}

/** A data point and the name of its class. */
export interface End {
  index: number;
  label: string;
}

/** Where the original images are, or one sentence why they are not here. */
export interface Originals {
  name: string;
  split: string;
  available: boolean;
  note: string;
}
