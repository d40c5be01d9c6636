import assert from "node:assert/strict";
import { test } from "node:test";
import { drawThumbnails } from "../../../vae_explorer/web/map/thumbnails.js";
import { cloud, SHOWN } from "../../../vae_explorer/web/plot/cloud.js";

test("pictures are as faint as the points are close, and what is drawn after them is not", () => {
  const side = 10;
  const x = Float32Array.from({ length: side * side }, (_, i) => i % side);
  const y = Float32Array.from({ length: side * side }, (_, i) => Math.floor(i / side));
  const points = cloud(side * side, { x, y });
  const opacities = [];
  const context = {
    globalAlpha: 1,
    fillRect() {},
    drawImage() {
      opacities.push(this.globalAlpha);
    },
  };
  const sprites = { sheet: () => ({ bitmap: {}, first: 0, columns: side, h: 8, w: 8 }) };
  const seen = { cloud: points, groups: new Uint8Array(points.n).fill(SHOWN), view: { x: 4.5, y: 4.5, scale: 26 }, size: { width: 260, height: 260 } };
  const { pictures, firm } = drawThumbnails(context, seen, new Uint32Array(points.n), sprites);
  assert.ok(pictures.length > 0 && !firm);
  assert.ok(opacities.every((opacity) => opacity > 0 && opacity < 0.5));
  assert.equal(context.globalAlpha, 1);
});
