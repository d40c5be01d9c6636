/** The picture mosaic: codes or originals in one crisp sheet with a caption, and lines of text beneath a row of pictures. */

import { Latest } from "../wire/live.js";
import { element, setText } from "../pieces/element.js";
import { evenColumns, fitScale, pixelSize } from "../pieces/cells.js";
import { Sheet } from "../pieces/sheet.js";
import { countOf, loadPictures } from "./source.js";
import { Status } from "../pieces/status.js";

const GAP = 1;
/** CSS pixels below which a picture says nothing: more rows then, or, beneath labels, a row that scrolls. */
const LEAST = 36;
const LEAST_LABELLED = 64;

export class Mosaic {
  #data = null;
  #asked = "";
  #sheet = new Sheet("pictures");
  #labels = element("ol", "labels");
  #labelled = "";
  #note = element("p", "note");
  #caption = element("figcaption", "caption");
  #status = new Status(() => this.#ask());
  #latest = new Latest(
    ({ source, image }) => loadPictures(source, image),
    (pictures, arg) => this.#show(pictures, arg),
    (error) => this.#status.failed("pictures", error),
  );

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.#sheet.node.append(this.#note);
    root.append(element("figure", "mosaic", {}, [this.#sheet.node, this.#labels, this.#caption]), this.#status.node);
    this.resized = new ResizeObserver(() => this.#data && this.#lay());
    this.resized.observe(root);
  }

  update(data) {
    this.#data = data;
    setText(this.#caption, data.caption ?? "");
    this.#sheet.label = data.caption || `${countOf(data.source)} pictures`;
    this.#label(data.labels ?? []);
    this.#lay();
    const asked = JSON.stringify([data.source, data.image]);
    if (asked === this.#asked) return;
    this.#asked = asked;
    this.#ask();
  }

  close() {
    this.resized.disconnect();
    this.#status.close();
  }

  /** @param {string[][]} labels the lines beneath each picture, of which there is one row */
  #label(labels) {
    const text = JSON.stringify(labels);
    if (text === this.#labelled) return;
    this.#labelled = text;
    const lines = (label) => label.map((line) => element("span", "", {}, [line]));
    this.#labels.replaceChildren(...labels.map((label) => element("li", "", {}, lines(label))));
  }

  #lay() {
    const { image, scale, source, labels } = this.#data;
    const [room, n, labelled] = [this.root.clientWidth, countOf(source), Boolean(labels?.length)];
    const columns = labelled || !room ? this.#data.columns : this.#columns(n, room);
    const layout = { image, n, columns, gap: GAP };
    const pixels = pixelSize(layout);
    const fitting = room && fitScale(pixels, { width: room, height: Infinity }, devicePixelRatio);
    const least = labelled ? LEAST_LABELLED / image.w : 0;
    this.#sheet.lay({ ...layout, scale: room ? Math.max(least, Math.min(scale, fitting)) : scale });
    this.#labels.style.width = this.#sheet.node.style.width;
  }

  #columns(n, room) {
    const { columns } = this.#data;
    const most = Math.floor(room / LEAST);
    return columns <= most ? columns : evenColumns(n, most);
  }

  #ask() {
    const { source, image } = this.#data;
    this.#latest.push({ source, image, asked: this.#asked });
  }

  #show(pictures, { asked }) {
    if (asked !== this.#asked) return;
    this.#status.succeeded("pictures");
    setText(this.#note, pictures.error ?? "");
    this.#sheet.node.classList.toggle("absent", Boolean(pictures.error));
    if (pictures.error) this.#sheet.clear();
    else this.#sheet.paint(pictures);
  }
}
