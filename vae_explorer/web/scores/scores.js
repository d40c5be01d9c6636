/** A table of scores; each is drawn on one axis from 0 to 1, beside its ceiling and what other ways of counting give. */

import { element, setText } from "../pieces/element.js";
import { placeIn } from "../pieces/own_pixels.js";
import { alike, figure, lane, onAxis, swarm } from "./swarm.js";

/**
 * @import { Dot, Line, ScoreData } from "./data.js"
 */

const TICKS = ["0", "0.25", "0.5", "0.75", "1"];
const APART = 0.018;
const LANES = 5;
const NEAR_PX = 24;
const HEADS = /** @type {const} */ ([
  ["Score", "scores-name"],
  ["", "scores-axis"],
  ["Value", "scores-number"],
  ["Ceiling", "scores-number"],
  ["Images", "scores-number"],
]);

/** @param {readonly Dot[]} dots that read alike @returns {string} */
export function dotText(dots) {
  const ways = dots.map(({ name, ceiling }) => `${name} (ceiling ${ceiling.toFixed(3)})`);
  return `${figure(dots[0])}: ${ways.join(", ")}`;
}

/** @param {Line} line @returns {string} the strip in words */
export function stripText({ title, value, ceiling, dots }) {
  const own = `${title}: ${value}, ceiling ${ceiling}`;
  if (!dots.length) return own;
  const groups = alike(dots);
  const [low, high] = [groups[0], groups[groups.length - 1]].map(([first]) => figure(first));
  return `${own}; ${dots.length} ways of counting give ${low} to ${high}`;
}

export class Scores {
  #table = element("table", "scores");
  #tip = element("div", "scores-tip", { role: "status" });
  #drawn = "";
  /** The mark that is spoken of. @type {HTMLElement|null} */
  #told = null;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#tip.hidden = true;
    root.replaceChildren(element("div", "scores-room", {}, [this.#table, this.#tip]));
    this.#table.addEventListener("pointermove", (event) => this.#tell(nearest(event)));
    this.#table.addEventListener("focusin", (event) => this.#tell(/** @type {HTMLElement} */ (event.target)));
    for (const name of /** @type {const} */ (["pointerleave", "focusout"])) {
      this.#table.addEventListener(name, () => this.#tell(null));
    }
    this.#table.addEventListener("keydown", (event) => this.#onKey(event));
  }

  /** @param {ScoreData} data */
  update({ lines }) {
    const text = JSON.stringify(lines);
    if (text === this.#drawn) return;
    this.#drawn = text;
    this.#tell(null);
    this.#table.replaceChildren(
      element("thead", "", {}, [element("tr", "", {}, HEADS.map(([title, kind]) => head(title, kind)))]),
      element("tbody", "", {}, lines.map(row)),
    );
  }

  close() {
    this.#table.replaceChildren();
  }

  /** Says above a mark what it is. @param {HTMLElement|null} mark */
  #tell(mark) {
    this.#told?.classList.remove("told");
    this.#told = mark;
    this.#tip.hidden = !mark;
    if (!mark) return;
    mark.classList.add("told");
    setText(this.#tip, mark.dataset.told ?? "");
    const box = mark.getBoundingClientRect();
    const [middle, top] = placeIn(this.#table, { clientX: box.left + box.width / 2, clientY: box.top });
    const half = this.#tip.offsetWidth / 2;
    this.#tip.style.left = `${Math.max(half, Math.min(this.#table.offsetWidth - half, middle))}px`;
    this.#tip.style.top = `${top}px`;
  }

  /** Arrows lead along a strip. @param {KeyboardEvent} event */
  #onKey(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const mark = event.target instanceof HTMLElement ? event.target : null;
    if (!step || !mark?.matches(".scores-dot")) return;
    const dots = /** @type {HTMLElement[]} */ ([...(mark.parentElement?.querySelectorAll(".scores-dot") ?? [])]);
    const next = dots[dots.indexOf(mark) + step];
    if (!next) return;
    event.preventDefault();
    mark.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }
}

/** @param {PointerEvent} event @returns {HTMLElement|null} the mark of a strip that is nearest to the hand */
function nearest({ target, clientX, clientY }) {
  const strip = target instanceof Element ? target.closest(".scores-strip") : null;
  const marks = /** @type {HTMLElement[]} */ ([...(strip?.querySelectorAll("[data-told]") ?? [])]);
  const away = marks.map((mark) => {
    const { left, top, width, height } = mark.getBoundingClientRect();
    return Math.hypot(left + width / 2 - clientX, top + height / 2 - clientY);
  });
  const least = Math.min(...away);
  return least <= NEAR_PX ? marks[away.indexOf(least)] : null;
}

/** @param {string} title @param {string} kind @returns {HTMLElement} */
function head(title, kind) {
  if (kind !== "scores-axis") return element("th", kind, { scope: "col" }, [title]);
  const ticks = TICKS.map((tick) => {
    const shown = element("span", "scores-tick", {}, [tick]);
    shown.style.setProperty("--at", tick);
    return shown;
  });
  return element("th", kind, { scope: "col", "aria-label": "On an axis from 0 to 1" }, [element("div", "scores-ticks", {}, ticks)]);
}

/** @param {Line} line @returns {HTMLElement} */
function row(line) {
  const name = [element("span", "scores-title", {}, [line.title]), element("span", "scores-about", {}, [line.about])];
  return element("tr", "", {}, [
    element("th", "scores-name", { scope: "row" }, name),
    element("td", "scores-axis", {}, line.at === null && line.best === null ? [] : [strip(line)]),
    ...[line.value, line.ceiling, line.n].map((text) => element("td", "scores-number", {}, [text])),
  ]);
}

/** @param {Line} line @returns {HTMLElement} */
function strip(line) {
  const found = element("div", "scores-strip", { role: "group", "aria-label": stripText(line) });
  const { at, best, dots } = line;
  const groups = alike(dots);
  const places = groups.map(([first]) => onAxis(first.value));
  if (places.length) found.append(reach(places[0], places[places.length - 1]));
  const lanes = swarm(places, APART, LANES).map(lane);
  if (best !== null) found.append(mark("scores-ceiling", best, `ceiling ${line.ceiling}`));
  groups.forEach((group, place) => {
    const drawn = mark("scores-dot", places[place], dotText(group));
    drawn.style.setProperty("--lane", String(lanes[place]));
    drawn.setAttribute("role", "img");
    drawn.setAttribute("aria-label", dotText(group));
    drawn.tabIndex = place ? -1 : 0;
    found.append(drawn);
  });
  if (at !== null) found.append(mark("scores-own", at, `${line.title}: ${line.value}`));
  return found;
}

/** @param {number} low @param {number} high @returns {HTMLElement} */
function reach(low, high) {
  const line = element("span", "scores-reach");
  line.style.setProperty("--at", String(low));
  line.style.setProperty("--to", String(high));
  return line;
}

/** @param {string} kind @param {number} value @param {string} told @returns {HTMLElement} */
function mark(kind, value, told) {
  const drawn = element("span", kind, { "data-told": told });
  drawn.style.setProperty("--at", String(onAxis(value)));
  return drawn;
}
