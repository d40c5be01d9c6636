/** Put into the page before its own scripts: notes pointer moves, changed canvases and Streamlit's messages. */
globalThis.watch = {
  moved: 0,
  picture: 0,
  frame: 0,
  maps: 0,
  asked: 0,
  came: false,
  laid: 0,
  cells: 0,
  painted: [],
  messages: [],
  /** One wheel event a frame, as a touchpad sends them. */
  wheel(canvas, seconds) {
    const box = canvas.getBoundingClientRect();
    const place = { clientX: box.x + box.width / 2, clientY: box.y + box.height / 2, bubbles: true, cancelable: true };
    const ends = performance.now() + 1000 * seconds;
    return new Promise((done) => {
      const turn = (frame) => {
        if (performance.now() > ends) return done();
        canvas.dispatchEvent(new WheelEvent("wheel", { ...place, deltaY: frame % 2000 < 1000 ? -12 : 12 }));
        requestAnimationFrame(turn);
      };
      requestAnimationFrame(turn);
    });
  },
  reset() {
    this.moved = this.picture = this.frame = 0;
  },
};

window.addEventListener("pointermove", () => (watch.moved ||= performance.now()), true);

const put = CanvasRenderingContext2D.prototype.putImageData;
let counted = false;
CanvasRenderingContext2D.prototype.putImageData = function (...args) {
  put.apply(this, args);
  const kinds = this.canvas.classList;
  if (kinds.contains("map-decoded") && watch.moved && !watch.picture) {
    watch.picture = performance.now();
    requestAnimationFrame(() => (watch.frame = performance.now()));
  }
  if (kinds.contains("map-points")) {
    if (watch.painted.length < 5) watch.painted.push(performance.now());
    if (!counted) requestAnimationFrame(() => (counted = false));
    if (!counted) watch.maps += 1;
    counted = true;
  }
};

/** A lattice is the one request for many codes; the canvas it comes on is drawn in one go. */
const drawImage = CanvasRenderingContext2D.prototype.drawImage;
CanvasRenderingContext2D.prototype.drawImage = function (image, ...rest) {
  drawImage.call(this, image, ...rest);
  if (this.canvas.classList.contains("map-lattice") && watch.came && !watch.laid) watch.laid = performance.now();
};

function note(text) {
  const { z = [], xy = z } = JSON.parse(text);
  if (xy.length < 100) return;
  Object.assign(watch, { asked: performance.now(), laid: 0, came: false, cells: xy.length });
}

const Socket = globalThis.WebSocket;
globalThis.WebSocket = class extends Socket {
  constructor(url, ...rest) {
    super(url, ...rest);
    if (String(url).endsWith("/live")) this.addEventListener("message", ({ data }) => (watch.came ||= data.byteLength > 100_000));
    if (!String(url).includes("_stcore")) return;
    this.addEventListener("message", () => watch.messages.push(["received", performance.now()]));
  }

  send(data) {
    if (this.url.endsWith("/live")) note(data);
    if (this.url.includes("_stcore")) watch.messages.push(["sent", performance.now()]);
    super.send(data);
  }
};
