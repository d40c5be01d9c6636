/** @param {object} header @param {Iterable<number>} bytes @returns {ArrayBuffer} a frame as the server writes it. */
export function frame(header, bytes) {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const body = Uint8Array.from(bytes);
  const whole = new Uint8Array(4 + json.length + body.length);
  new DataView(whole.buffer).setUint32(0, json.length, true);
  whole.set(json, 4);
  whole.set(body, 4 + json.length);
  return whole.buffer;
}

/** Lets everything that is due now run. */
export const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

/** Puts a socket in the page's place that is open at once. @returns {{sent: object[], answer: (request: object, byte: number, told?: object) => void}} */
export function fakeChannel() {
  const channel = { sent: [] };
  globalThis.location = { protocol: "http:", host: "x" };
  globalThis.WebSocket = class {
    readyState = 1;
    constructor() {
      queueMicrotask(() => this.onopen());
      channel.answer = ({ id, z, xy, images }, byte, told = {}) => {
        const n = (z ?? xy ?? images).length;
        this.onmessage({ data: frame({ id, n, c: 1, h: 1, w: 1, ...told }, Array(n).fill(byte)) });
      };
    }
    send(text) {
      channel.sent.push(JSON.parse(text));
    }
  };
  return channel;
}
