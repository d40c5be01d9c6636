/** A Plotly chart that stays: what changes is drawn into the axes that stand, so that nothing blinks. */

import { AxisTitles } from "../plot/axis_titles.js";
import { element } from "../pieces/element.js";
import { SaveMenu } from "../pieces/save_menu.js";
import { CAPTION_ROOM, saved } from "./saved_chart.js";
import { hearBetas } from "../pieces/shared_beta.js";
import { Status } from "../pieces/status.js";
import { readTheme, watchTheme } from "../pieces/theme.js";
import { liveChannel } from "../wire/live.js";
import { themed, titles, untitled } from "./look.js";
import { plotly } from "./plotly.js";
import { turnedDot } from "./turned_dot.js";

const CONFIG = { displaylogo: false, modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d", "toImage"] };

/**
 * @typedef {import("./plotly.js").Figure & {caption: string}} ChartData
 * @typedef {import("../pieces/save_menu.js").Kind} Kind
 */

/** A chart takes tens of milliseconds of the browser, and pictures are what one looks for: they are on screen before. */
async function picturesShown() {
  await liveChannel().answered();
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
}

/** What a layout's meta says where a dot opens the model that its customdata names; as `figures/models.py` has it. */
const OPENS = "models";

/** @param {HTMLElement} plot that Plotly has drawn on @returns {import("./plotly.js").Listening} */
const listening = (plot) => /** @type {import("./plotly.js").Listening} */ (/** @type {unknown} */ (plot));

export class Chart {
  /** @type {ChartData|null} */
  #figure = null;
  #wanted = "";
  #closed = false;
  /** @type {import("./plotly.js").Plotly|null} */
  #plotly = null;
  #plot = element("div", "chart-plot");
  #titles = new AxisTitles();
  #status = new Status(() => this.#draw());
  #menu = new SaveMenu(
    (kind) => this.#saved(kind),
    () => this.#figure?.caption ?? "chart",
    (sentence) => this.#status.failed("file", new Error(sentence)),
  );

  /** @param {HTMLElement} root @param {import("../wire/mount.js").Send} send */
  constructor(root, send) {
    this.send = send;
    this.#status.node.classList.add("chart-status");
    this.frame = element("div", "chart", {}, [element("div", "chart-room", {}, [this.#plot]), ...this.#titles.nodes, this.#menu.root, this.#status.node]);
    root.replaceChildren(this.frame);
    this.resized = new ResizeObserver(() => this.#resize());
    this.resized.observe(this.#plot);
    this.unwatch = watchTheme(this.frame, () => this.#draw());
    this.unhear = hearBetas((turn) => this.#turn(turn));
  }

  /** @param {ChartData} figure as `ui/components/chart.py` hands it over */
  update(figure) {
    const wanted = JSON.stringify(figure);
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    this.#figure = figure;
    this.#draw();
  }

  close() {
    this.#closed = true;
    this.resized.disconnect();
    this.unwatch();
    this.unhear();
    this.#status.close();
    this.#menu.close();
    this.#plotly?.purge(this.#plot);
  }

  #resize() {
    this.#unzoom();
    if (this.#plot.clientWidth) this.#plotly?.Plots.resize(this.#plot);
  }

  /** What the page around is zoomed by becomes a transform. */
  #unzoom() {
    const zoom = this.frame.currentCSSZoom ?? 1;
    this.#plot.classList.toggle("zoomed", zoom !== 1);
    this.#plot.style.setProperty("--zoom", String(zoom));
  }

  /** @param {Kind} kind @returns {Promise<Blob>} as large as it is on screen, with room for the caption */
  async #saved(kind) {
    const library = await plotly();
    if (!this.#figure) throw new Error("There is no chart to save yet; wait until it is drawn.");
    const theme = readTheme(this.frame);
    const { data, layout, caption } = structuredClone(this.#figure);
    const figure = saved({ data, layout: themed(layout, theme) }, caption, theme);
    const size = { width: this.#plot.clientWidth, height: this.#plot.clientHeight + CAPTION_ROOM };
    const address = await library.toImage(figure, { ...kind, ...size });
    return (await fetch(address)).blob();
  }

  /** @param {import("../pieces/shared_beta.js").Turn} turn */
  #turn({ network, beta }) {
    const dot = this.#figure && turnedDot(this.#figure.data, network, beta);
    if (dot) this.#plotly?.restyle(this.#plot, { x: [[dot.x]], y: [[dot.y]] }, [dot.trace]);
  }

  /** @param {unknown} id of what is clicked */
  #clicked(id) {
    if (this.#figure?.layout.meta === OPENS && typeof id === "string" && id) this.send("dot", id);
  }

  async #draw() {
    try {
      const library = await plotly();
      await picturesShown();
      if (this.#closed || !this.#figure) return;
      const { data, layout } = structuredClone(this.#figure);
      this.#unzoom();
      await library.react(this.#plot, data, themed(untitled(layout), readTheme(this.frame)), CONFIG);
      this.#titles.show(titles(layout));
      if (!this.#plotly) listening(this.#plot).on("plotly_click", ({ points: [point] }) => this.#clicked(point.customdata));
      this.#plotly = library;
      this.#status.succeeded("chart");
    } catch (error) {
      if (!this.#closed) this.#status.failed("chart", error instanceof Error ? error : new Error(String(error)));
    }
  }
}
