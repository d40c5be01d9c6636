/** A request for more than one may have, as several, and their replies as one. */

/** What one request may ask for. */
export const MOST_PICTURES = 1024;
/** In its codes. */
export const MOST_NUMBERS = 65536;

/**
 * @typedef {import("./messages.js").PictureRequest} PictureRequest
 * @typedef {import("./messages.js").Reply} Reply
 */

/** How many classes each picture is told a share of. @param {PictureRequest["y"]} y */
const sharesOf = (y) => (Array.isArray(y) && Array.isArray(y[0]) ? y[0].length : 1);

/** @param {PictureRequest} request of any number of codes @returns {PictureRequest[]} one or more that the server takes */
export function inParts(request) {
  const { z, y } = request;
  const width = Math.max(z?.[0]?.length ?? 1, sharesOf(y));
  const step = Math.max(1, Math.min(MOST_PICTURES, Math.floor(MOST_NUMBERS / width)));
  if (!z || z.length <= step) return [request];
  return Array.from({ length: Math.ceil(z.length / step) }, (_, part) => {
    const [from, to] = [part * step, (part + 1) * step];
    return { ...request, z: z.slice(from, to), y: Array.isArray(y) ? y.slice(from, to) : y };
  });
}

/** @param {Reply[]} replies of the same kind, one or more @returns {Reply} what is told of each picture, in order */
export function joined(replies) {
  if (replies.length === 1) return replies[0];
  const header = { ...replies[0].header, n: replies.reduce((sum, reply) => sum + reply.header.n, 0) };
  for (const [name, value] of Object.entries(header)) {
    if (Array.isArray(value)) Object.assign(header, { [name]: replies.flatMap((reply) => Reflect.get(reply.header, name)) });
  }
  const bytes = new Uint8Array(replies.reduce((sum, reply) => sum + reply.bytes.length, 0));
  let at = 0;
  for (const reply of replies) {
    bytes.set(reply.bytes, at);
    at += reply.bytes.length;
  }
  return { header, bytes };
}
