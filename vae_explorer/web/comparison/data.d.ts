/** What the page hands to the comparison; tests/ui/components/test_comparison.py holds every name against it. */

import type { Image } from "../pieces/cells.js";
import type { Codes, Originals } from "../pieces/picture_source.js";
import type { Colour } from "../plot/colour.js";
import type { Plane } from "../plot/plane.js";
import type { Bounds } from "../plot/view.js";

export interface ComparisonData {
  /** What all models are shown: one image of each class. */
  originals: PictureRow<Originals>;
  models: ComparedModel[];
  image: Image;
  /** The chosen image, and what it is called by class. */
  point: number;
  classes: string[];
  /** Of the first model: the chosen unit, and all of them, the most informative first, in words. */
  unit: number;
  units: NamedUnit[];
  /** How far the slider of a unit goes, in standard deviations of its prior, and the places of its strip. */
  span: number;
  strip: number[];
  difference: Difference;
  colour: Colour;
  legend: Shown;
  /** What stands under the picture, and what its file is called. */
  caption: string;
  name: string;
}

/** What reconstructions are compared with: the image itself, or the first model's. */
export type Difference = "image" | "first";

export interface NamedUnit {
  unit: number;
  title: string;
}

/** A column of the comparison. */
export interface ComparedModel {
  title: string;
  /** Id, preset, units and epochs. */
  built: string;
  /** In the charts. */
  mark: string;
  figures: Figure[];
  pictures: PictureRow<Codes>[];
  map: ComparedMap;
  /** Whether it decodes a class. */
  conditional: boolean;
  /** Whether it is a plain autoencoder, which has no KL. */
  plain: boolean;
  plane: Plane;
  /** Places of its map as codes of every model, in their order. */
  carried: Carried[];
  /** One for each of `units`, in their order. */
  units: ComparedUnit[];
  /** Its units that are matched to none. */
  rest: ComparedUnit[];
}

/** The code at (x, y): origin + x · across + y · up, each [D]. */
export interface Carried {
  origin: number[];
  across: number[];
  up: number[];
  /** Share of the other codes' variance that it tells, of images it was not fitted on. */
  r2: number;
}

export interface ComparedUnit {
  /** Null where none is matched; then `words` say why. */
  unit: number | null;
  words: string;
  /** −1 where it runs against the first model's. */
  sign: number;
  /** Of the match; null where there is none. */
  correlation: number | null;
  /** The strength of the match over the seeds of its model: mean, standard deviation and number; empty where there is one. */
  seeds: string;
  /** Mean and standard deviation under the prior. */
  home: number;
  deviation: number;
  /** Mean, in nats; null for a plain autoencoder. */
  kl: number | null;
  /** Whether it is collapsed. */
  idle: boolean;
}

/** A measured figure as it stands on the page. */
export interface Figure {
  name: string;
  text: string;
  /** Mean, standard deviation and number over the seeds of the model; empty where there is one. */
  seeds: string;
  /** What it was measured on. */
  about: string;
}

export interface PictureRow<S> {
  image: Image;
  columns: number;
  caption: string;
  source: S;
}

/** The points of a small map. */
export interface ComparedMap {
  model: string;
  version: string;
  /** Whether its points are some of the images. */
  sampled: boolean;
  /** Of the axes, one or two, and what these are called. */
  columns: string[];
  titles: string[];
  extent: Bounds;
  /** What the plane shows. */
  caption: string;
}

/** The categories of the legend. */
export interface Shown {
  title: string;
  names: string[];
  colours: string[];
  /** The column of their ids. */
  column: string;
  hidden: number[];
}
