/** The view as it is now, and what "everything" means. */

import { fit, pan, scaleLimits, viewFromState, viewState, zoomAt } from "./view.js";

export class Camera {
  /** @type {import("./view.js").View|null} null until there is a plot to see it in */
  view = null;
  fitted = true;
  bounds = [-3, 3, -3, 3];

  /** @param {import("./view.js").Size} size */
  fit(size) {
    this.fitted = true;
    this.view = size.width > 0 && size.height > 0 ? fit(this.bounds, size) : null;
  }

  /** A view that shows everything goes on doing so in another size; any other keeps its centre and scale. */
  resize(size) {
    if (this.fitted) this.fit(size);
  }

  /** @param {[number, number, number]|null} state what the page says; null is everything */
  adopt(state, size) {
    this.view = viewFromState(state);
    this.fitted = this.view === null;
    if (this.fitted) this.fit(size);
  }

  pan(dx, dy) {
    if (!this.view) return;
    this.view = pan(this.view, dx, dy);
    this.fitted = false;
  }

  /** The same scale around another place. @param {[number, number]} place data units */
  centre([x, y]) {
    if (!this.view) return;
    this.view = { ...this.view, x, y };
    this.fitted = false;
  }

  zoom(size, at, factor) {
    if (!this.view) return;
    this.view = zoomAt(this.view, size, at, factor, scaleLimits(this.bounds, size));
    this.fitted = false;
  }

  /** @returns {[number, number, number]|null} what the page is told */
  get state() {
    return this.fitted || !this.view ? null : viewState(this.view);
  }
}
