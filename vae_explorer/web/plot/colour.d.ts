/** What points are coloured by, as the page hands it over. */

/** The values of a column. */
export interface ValueColour {
  kind: "value";
  column: string;
  /** With its unit. */
  label: string;
}

/** The categories of a legend, or values. */
export type Colour = { kind: "category" } | ValueColour;
