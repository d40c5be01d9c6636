/** An SVG that is drawn on as on a canvas: the small part of its context that our drawings use. */

/** @typedef {CanvasRenderingContext2D|SvgContext} Pen what a drawing that is saved in both formats may use of a context */

/** @type {Record<string, string>} */
const ANCHORS = { left: "start", center: "middle", right: "end" };
/** Below the text's place, in parts of the font's size. @type {Record<string, number>} */
const DROPS = { top: 0.8, middle: 0.35, bottom: -0.2, alphabetic: 0 };
/** @type {Record<string, string>} */
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** @param {number} value @returns {string} with two decimals at most */
const short = (value) => String(Math.round(value * 100) / 100);

/** @param {string} text @returns {string} that stands for itself in XML, without the characters that XML does not have */
export const escaped = (text) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "").replace(/[&<>"]/g, (mark) => ENTITIES[mark]);

/** @param {Record<string, string|number>} attributes @returns {string} */
const written = (attributes) => Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(typeof value === "number" ? short(value) : value)}"`).join("");

const PLAIN = {
  globalAlpha: 1,
  fillStyle: "#000",
  strokeStyle: "#000",
  lineWidth: 1,
  lineCap: "butt",
  lineJoin: "miter",
  font: "10px sans-serif",
  textAlign: "left",
  textBaseline: "alphabetic",
  transform: "",
  /** @type {number[]} */
  dash: [],
};

export class SvgContext {
  #size;
  #measure;
  /** @type {string[]} */
  #nodes = [];
  #path = "";
  #state = { ...PLAIN };
  /** @type {(typeof PLAIN)[]} */
  #saved = [];

  /** @param {{width: number, height: number}} size px @param {(text: string, font: string) => {width: number}} measure */
  constructor(size, measure) {
    this.#size = size;
    this.#measure = measure;
  }

  set globalAlpha(/** @type {number} */ value) { this.#state.globalAlpha = value; }
  set fillStyle(/** @type {string} */ value) { this.#state.fillStyle = value; }
  set strokeStyle(/** @type {string} */ value) { this.#state.strokeStyle = value; }
  set lineWidth(/** @type {number} */ value) { this.#state.lineWidth = value; }
  set lineCap(/** @type {string} */ value) { this.#state.lineCap = value; }
  set lineJoin(/** @type {string} */ value) { this.#state.lineJoin = value; }
  set font(/** @type {string} */ value) { this.#state.font = value; }
  set textAlign(/** @type {string} */ value) { this.#state.textAlign = value; }
  set textBaseline(/** @type {string} */ value) { this.#state.textBaseline = value; }

  /** @param {number[]} dash */
  setLineDash(dash) {
    this.#state.dash = dash;
  }

  save() {
    this.#saved.push({ ...this.#state });
  }

  restore() {
    this.#state = this.#saved.pop() ?? this.#state;
  }

  /** @param {number} x @param {number} y */
  translate(x, y) {
    this.#state.transform += `translate(${short(x)} ${short(y)})`;
  }

  /** @param {number} angle radians */
  rotate(angle) {
    this.#state.transform += `rotate(${short((angle * 180) / Math.PI)})`;
  }

  beginPath() {
    this.#path = "";
  }

  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.#path += `M${short(x)} ${short(y)}`;
  }

  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    this.#path += `L${short(x)} ${short(y)}`;
  }

  stroke() {
    this.#add("path", { d: this.#path, fill: "none", ...this.#line });
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  fillRect(x, y, width, height) {
    this.#add("rect", { x, y, width, height, fill: this.#state.fillStyle });
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  strokeRect(x, y, width, height) {
    this.#add("rect", { x, y, width, height, fill: "none", ...this.#line });
  }

  /** @param {string} text @param {number} x @param {number} y @param {number} [room] px; wider text is pressed into it */
  fillText(text, x, y, room = Infinity) {
    /** @type {Record<string, string|number>} */
    const pressed = this.measureText(text).width > room ? { textLength: room, lengthAdjust: "spacingAndGlyphs" } : {};
    this.#text(text, x, y, { fill: this.#state.fillStyle, ...pressed });
  }

  /** @param {string} text @param {number} x @param {number} y */
  strokeText(text, x, y) {
    this.#text(text, x, y, { fill: "none", ...this.#line });
  }

  /** @param {string} text */
  measureText(text) {
    return this.#measure(text, this.#state.font);
  }

  /** @returns {string} the whole file */
  toString() {
    const { width, height } = this.#size;
    const room = written({ width, height, viewBox: `0 0 ${short(width)} ${short(height)}` });
    return `<svg xmlns="http://www.w3.org/2000/svg"${room}>\n${this.#nodes.join("\n")}\n</svg>\n`;
  }

  /** @returns {Record<string, string|number>} */
  get #line() {
    const { strokeStyle, lineWidth, lineCap, lineJoin, dash } = this.#state;
    /** @type {Record<string, string>} */
    const broken = dash.length ? { "stroke-dasharray": dash.join(" ") } : {};
    return { stroke: strokeStyle, "stroke-width": lineWidth, "stroke-linecap": lineCap, "stroke-linejoin": lineJoin, ...broken };
  }

  /** @param {string} text @param {number} x @param {number} y @param {Record<string, string|number>} paint */
  #text(text, x, y, paint) {
    const { font, textAlign, textBaseline } = this.#state;
    const [, weight = "", size = "10", family = ""] = /^(?:(\w+) )?([\d.]+)px (.*)$/.exec(font) ?? [];
    const drop = DROPS[textBaseline] * Number(size);
    this.#add("text", { x, y: y + drop, ...(weight && { "font-weight": weight }), "font-size": Number(size), "font-family": family, "text-anchor": ANCHORS[textAlign], ...paint }, escaped(text));
  }

  /** @param {string} tag @param {Record<string, string|number>} attributes @param {string} [content] in XML */
  #add(tag, attributes, content = "") {
    const { globalAlpha, transform } = this.#state;
    const all = { ...attributes, ...(globalAlpha < 1 && { opacity: globalAlpha }), ...(transform && { transform }) };
    this.#nodes.push(`<${tag}${written(all)}>${content}</${tag}>`);
  }
}
