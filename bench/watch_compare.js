/** Put into the page before its own scripts: notes when the pointer moved, and when the picture under the hand of every column changed. */
globalThis.watch = {
  moved: 0,
  last: 0,
  /** Canvases whose picture came since the pointer moved. */
  changed: new Set(),
  reset() {
    this.moved = this.last = 0;
    this.changed.clear();
  },
};

window.addEventListener("pointermove", () => (watch.moved ||= performance.now()), true);

const put = CanvasRenderingContext2D.prototype.putImageData;
CanvasRenderingContext2D.prototype.putImageData = function (...args) {
  put.apply(this, args);
  if (!this.canvas.parentElement?.classList.contains("hand")) return;
  watch.changed.add(this.canvas);
  watch.last = performance.now();
};
