/** What the page hands to the map; tests/ui/components/test_latent_map.py holds every name against it. */

import type { Categories } from "../legend/legend.js";
import type { UnitNames } from "../pieces/units.js";
import type { Colour } from "../plot/colour.js";
import type { Fitted, Plane } from "../plot/plane.js";
import type { Bounds, Place, ViewState } from "../plot/view.js";

/** What is drawn beside the points. */
export interface LayerValues {
  /** Opacity of the decoded lattice, 0…1. */
  lattice: number;
  /** What the categories are called, in the middle of each. */
  names: Switch;
  contours: Switch;
  thumbnails: Switch;
  /** Whether a code is replaced by the mu of its own picture. */
  refine: Switch;
}

/** A model's points, and all that is being looked at. */
export interface MapData extends LayerValues {
  /** Id of a checkpoint, and the version of its content. */
  model: string;
  version: string;
  /** Encoded images, and how many of them are points of the map. */
  n: number;
  points: number;
  latent_dim: number;
  unit_names: UnitNames;
  image: { c: number; h: number; w: number };
  plane: Plane | Fitted;
  /** One or two: the column each shows, and its name. */
  axes: { column: string; label: string }[];
  colour: Colour;
  /** Its column, how many images each category has, and the ids of those that have a middle. */
  legend: Categories & { column: string; counts: number[]; centred: number[] };
  /** Ids of the legend's categories. */
  hidden: number[];
  /** Names of the data set's classes, in order. */
  classes: string[];
  /** What is known of every image, in words: its class, which comes first, and its factors. */
  traits: string[];
  /** The class that places are decoded as, and its name; null for a model that takes none. */
  y: number | null;
  y_name: string | null;
  /** [latent_dim] */
  pin: number[];
  /** Where the pin is before anybody puts it elsewhere, [latent_dim], and what that place is called. */
  home: { z: number[]; name: string };
  /** Index of the chosen data point. */
  point: number | null;
  dataset: Originals;
  /** Null: everything. */
  view: ViewState | null;
  /** Where on a fitted map the pin was put. */
  spot: Place | null;
  /** x0, y0, x1, y1, … of the selection. */
  area: number[] | null;
  /** Those of `point`, by index. */
  neighbours: { indices: number[]; measure: string } | null;
  /** Where those images lie, that one among them, which are no points: data units, one or two, by index. */
  elsewhere: Record<string, number[]>;
  /** What stands under a picture of the map that is taken along. */
  caption: string;
  /** A CSS length. */
  height: string;
}

/** The images behind the points. */
export interface Originals {
  /** Of the data set. */
  name: string;
  split: string;
  available: boolean;
  /** One sentence why not; empty where they are. */
  note: string;
}

export type Switch = "on" | "off";
