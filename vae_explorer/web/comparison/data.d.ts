/** What the page hands to the menu; tests/ui/components/test_comparison.py holds every name against it. */

import type { Image } from "../pieces/cells.js";
import type { Source } from "../pieces/picture_source.js";
import type { Colour } from "../plot/colour.js";
import type { Bounds } from "../plot/view.js";

export interface ComparisonData {
  /** What all models are shown. */
  originals: PictureRow;
  models: ComparedModel[];
  colour: Colour;
  legend: Shown;
  /** What stands under the picture, and what its file is called. */
  caption: string;
  name: string;
}

/** A column of the comparison. */
export interface ComparedModel {
  title: string;
  /** Preset, units and epochs. */
  built: string;
  figures: Figure[];
  pictures: PictureRow[];
  map: ComparedMap;
}

/** A measured figure as it stands on the page. */
export interface Figure {
  name: string;
  text: string;
}

export interface PictureRow {
  image: Image;
  columns: number;
  caption: string;
  source: Source;
}

/** The points of a small map. */
export interface ComparedMap {
  model: string;
  version: string;
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
