/**
 * What travels between the server and the browser: requests and replies of the live channel, and the headers of what is fetched.
 *
 * tests/live/test_messages.py holds every name here against the server's.
 */

/** Header, then raw bytes: the one binary shape of every answer, from the socket and from HTTP alike. */
export interface Frame<Header> {
  header: Header;
  /** A view, not a copy. */
  bytes: Uint8Array<ArrayBuffer>;
}

/** The pictures of codes, of places on a map, or of encoded images. */
export interface PictureRequest {
  /** Id of a checkpoint. */
  model: string;
  /** Codes, [n, D]. */
  z?: number[][];
  /** Places, [n, 2], on the map that `projection` names. */
  xy?: [number, number][];
  /** Indices of encoded images, whose mu is decoded, [n]. */
  images?: number[];
  /** "pca", the key of a fitted map, or "latents" for latent space itself; with it the reply tells where things lie. */
  projection?: string;
  /** The class to decode as, or one or the share of every class for each picture; none for a model that takes none. */
  y?: number | number[] | number[][] | null;
  /** [D], with "pca": the code that the plane goes through. */
  through?: number[];
  /** Whether each code is replaced by the mu of its own picture; for fitted maps. */
  refine?: boolean;
  /** Whether the reply leaves z, place and landing out; of images it tells z all the same. */
  brief?: boolean;
}

/** A request as it is sent: its reply carries the same id. */
export interface NumberedRequest extends PictureRequest {
  id: number;
}

/** The sizes of uint8 pictures [n, c, h, w], row-major; c is 1 (grey) or 3 (RGB). */
export interface PictureHeader {
  n: number;
  c: number;
  h: number;
  w: number;
}

/** The pictures asked for and, where a projection was named, what is known of each. */
export interface ReplyHeader extends PictureHeader {
  id: number;
  /** To the data; 1 is as far as only 5 % of the images lie from their nearest. */
  distance?: number[];
  /** The same, 1 as far as a typical image lies from its nearest. */
  times?: number[];
  /** What was decoded, [n, D]. */
  z?: number[][];
  /** Where that lies on the map. */
  place?: [number, number][];
  /** Where each picture lies once it is encoded again. */
  landing?: [number, number][];
}

/** The reply to a request that got none; id is null when it could not be read. */
export interface ErrorHeader {
  id: number | null;
  error: string;
}

/** A column in levels: `low` is level 0 and `high` the highest; uint8 holds ids as they are. */
export interface ColumnHeader {
  n: number;
  dtype: "uint8" | "uint16" | "uint32";
  low: number;
  high: number;
}

/** A sheet of thumbnails, an image file behind the header. */
export interface SheetHeader {
  n: number;
  /** Index of its first image in the data set. */
  first: number;
  columns: number;
  /** Height and width of one, px. */
  h: number;
  w: number;
  /** Whether they are reconstructions, because the data set is not on the server. */
  stand_in: boolean;
}

/** Everything known of one data point; null for what a plain autoencoder does not have. */
export interface DataPoint {
  index: number;
  label: number;
  /** Its factors beside its class, in words. */
  factors: string[];
  /** [D] */
  mu: number[];
  /** [D] */
  logvar: number[] | null;
  /** Nats. */
  nll: number;
  /** Nats. */
  rate: number | null;
}

export type Pictures = Frame<PictureHeader>;
export type Reply = Frame<ReplyHeader>;
