/** The view as it is now, and what "everything" means. */

import { fit, pan, scaleLimits, viewFromState, viewState, zoomAt } from "./view.js";

/** @import { Place, Size, ViewState } from "./view.js" */

export class Camera {
  /** @type {import("./view.js").View|null} null until there is a plot to see it in */
  view = null;
  fitted = true;
  /** @type {import("./view.js").Bounds} */
  bounds = [-3, 3, -3, 3];

  /** @param {Size} size */
  fit(size) {
    this.fitted = true;
    this.view = size.width > 0 && size.height > 0 ? fit(this.bounds, size) : null;
  }

  /** A view that shows everything goes on doing so in another size; any other keeps its centre and scale. @param {Size} size */
  resize(size) {
    if (this.fitted) this.fit(size);
  }

  /** @param {ViewState|null} state what the page says; null is everything @param {Size} size */
  adopt(state, size) {
    this.view = viewFromState(state);
    this.fitted = this.view === null;
    if (this.fitted) this.fit(size);
  }

  /** @param {number} dx @param {number} dy CSS px */
  pan(dx, dy) {
    if (!this.view) return;
    this.view = pan(this.view, dx, dy);
    this.fitted = false;
  }

  /** The same scale around another place. @param {Place} place data units */
  centre([x, y]) {
    if (!this.view) return;
    this.view = { ...this.view, x, y };
    this.fitted = false;
  }

  /** @param {Size} size @param {Place} at CSS px @param {number} factor above 1 zooms in */
  zoom(size, at, factor) {
    if (!this.view) return;
    this.view = zoomAt(this.view, size, at, factor, scaleLimits(this.bounds, size));
    this.fitted = false;
  }

  /** @returns {ViewState|null} what the page is told */
  get state() {
    return this.fitted || !this.view ? null : viewState(this.view);
  }
}
