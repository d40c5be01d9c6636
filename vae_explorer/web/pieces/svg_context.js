/** An SVG that is drawn on as on a canvas: the small part of its context that our drawings use. */

/**
 * @typedef {CanvasRenderingContext2D|SvgContext} Pen what a drawing that is saved in both formats may use of a context
 * @typedef {HTMLCanvasElement|ImageBitmap} Raster
 * @typedef {{measured: (text: string, font: string) => {width: number}, encoded: (raster: Raster, cut: number[]) => string}} Tools
 *   what needs a browser: the room of a text, and the address of a PNG of a raster, or of its part [left, top, width, height]
 */

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
  imageSmoothingEnabled: true,
  transform: "",
  /** How many clips are around. */
  clips: 0,
  /** @type {number[]} */
  dash: [],
};

export class SvgContext {
  #size;
  #tools;
  /** @type {string[]} */
  #nodes = [];
  #path = "";
  #state = { ...PLAIN };
  /** @type {(typeof PLAIN)[]} */
  #saved = [];

  /** @param {{width: number, height: number}} size px @param {Tools} tools */
  constructor(size, tools) {
    this.#size = size;
    this.#tools = tools;
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
  set imageSmoothingEnabled(/** @type {boolean} */ value) { this.#state.imageSmoothingEnabled = value; }

  /** @param {number[]} dash */
  setLineDash(dash) {
    this.#state.dash = dash;
  }

  save() {
    this.#saved.push({ ...this.#state });
  }

  restore() {
    const { clips } = this.#state;
    this.#state = this.#saved.pop() ?? { ...PLAIN };
    for (let i = this.#state.clips; i < clips; i++) this.#nodes.push("</g>");
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
    this.#path += `${this.#path ? "L" : "M"}${short(x)} ${short(y)}`;
  }

  closePath() {
    this.#path += "Z";
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  rect(x, y, width, height) {
    this.#path += `M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}Z`;
  }

  /** A whole circle, whatever its angles. @param {number} x @param {number} y @param {number} radius @param {number} [_start] @param {number} [_end] */
  arc(x, y, radius, _start, _end) {
    this.ellipse(x, y, radius, radius, 0);
  }

  /**
   * A whole ellipse, whatever its angles.
   * @param {number} x @param {number} y @param {number} long @param {number} wide @param {number} turn radians @param {number} [_start] @param {number} [_end]
   */
  ellipse(x, y, long, wide, turn, _start, _end) {
    const [dx, dy] = [long * Math.cos(turn), long * Math.sin(turn)];
    const half = `A${short(long)} ${short(wide)} ${short((turn * 180) / Math.PI)} 1 1 `;
    this.#path += `M${short(x + dx)} ${short(y + dy)}${half}${short(x - dx)} ${short(y - dy)}${half}${short(x + dx)} ${short(y + dy)}`;
  }

  stroke() {
    this.#add("path", { d: this.#path, fill: "none", ...this.#line });
  }

  /** @param {string} rule of what lies inside */
  fill(rule) {
    this.#add("path", { d: this.#path, fill: this.#state.fillStyle, "fill-rule": rule });
  }

  /** What is drawn until the state is restored is seen within the path alone. */
  clip() {
    const id = `clip-${this.#nodes.length}`;
    this.#nodes.push(`<clipPath id="${id}">`);
    this.#add("path", { d: this.#path });
    this.#nodes.push(`</clipPath><g clip-path="url(#${id})">`);
    this.#state.clips += 1;
  }

  /** @param {Raster} raster @param {...number} box where it goes, before it which part of it, each left, top, width, height */
  drawImage(raster, ...box) {
    const [x, y, width, height] = box.slice(-4);
    const href = this.#tools.encoded(raster, box.slice(0, -4));
    const style = `image-rendering:${this.#state.imageSmoothingEnabled ? "auto" : "pixelated"}`;
    this.#add("image", { x, y, width, height, href, preserveAspectRatio: "none", style });
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
    return this.#tools.measured(text, this.#state.font);
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
