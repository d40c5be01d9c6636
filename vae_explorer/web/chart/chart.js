/** A Plotly chart that stays: what changes is drawn into the axes that stand, so that nothing blinks. */

import { element } from "../pieces/element.js";
import { Status } from "../pieces/status.js";
import { readTheme, watchTheme } from "../pieces/theme.js";
import { themed } from "./look.js";
import { plotly } from "./plotly.js";

const CONFIG = { displaylogo: false, modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d", "toImage"] };

export class Chart {
  /** @type {import("./plotly.js").Figure|null} */
  #figure = null;
  #wanted = "";
  #closed = false;
  /** @type {import("./plotly.js").Plotly|null} */
  #plotly = null;
  #plot = element("div", "chart-plot");
  #status = new Status(() => this.#draw());

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#status.node.classList.add("chart-status");
    this.frame = element("div", "chart", {}, [this.#plot, this.#status.node]);
    root.replaceChildren(this.frame);
    this.resized = new ResizeObserver(() => this.#plotly?.Plots.resize(this.#plot));
    this.resized.observe(this.#plot);
    this.unwatch = watchTheme(this.frame, () => this.#draw());
  }

  /** @param {import("./plotly.js").Figure} figure as `ui/components/chart.py` hands it over */
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
    this.#status.close();
    this.#plotly?.purge(this.#plot);
  }

  async #draw() {
    try {
      const library = await plotly();
      if (this.#closed || !this.#figure) return;
      const { data, layout } = structuredClone(this.#figure);
      await library.react(this.#plot, data, themed(layout, readTheme(this.frame)), CONFIG);
      this.#plotly = library;
      this.#status.succeeded("chart");
    } catch (error) {
      if (!this.#closed) this.#status.failed("chart", error instanceof Error ? error : new Error(String(error)));
    }
  }
}
