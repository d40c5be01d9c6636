/**
 * A frame: the one binary shape of every answer, from the socket and from HTTP alike.
 * 4-byte little-endian header length, a UTF-8 JSON header, then raw bytes.
 */

/**
 * @template Header
 * @param {ArrayBuffer} buffer
 * @returns {import("./messages.js").Frame<Header>}
 * @throws {RangeError} when the buffer ends before its header does.
 */
export function parseFrame(buffer) {
  if (buffer.byteLength < 4) throw new RangeError("The frame is shorter than its header length.");
  const end = 4 + new DataView(buffer).getUint32(0, true);
  if (end > buffer.byteLength) throw new RangeError("The frame ends before its header does.");
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, end - 4)));
  return { header, bytes: new Uint8Array(buffer, end) };
}
