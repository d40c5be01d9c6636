import assert from "node:assert/strict";
import { test } from "node:test";
import { escaped, SvgContext } from "../../../vae_explorer/web/pieces/svg_context.js";

const TOOLS = { measured: (text) => ({ width: 7 * text.length }), encoded: ({ name }, cut) => `data:${[name, ...cut].join("-")}` };
const svg = () => new SvgContext({ width: 40, height: 30 }, TOOLS);
const lines = (pen) => String(pen).split("\n");

test("text stands for itself, whatever is in it", () => {
  assert.equal(escaped('a < b & "c"\u0001>'), "a &lt; b &amp; &quot;c&quot;&gt;");
});

test("what a canvas draws is a node of the SVG, with the pen's state", () => {
  const pen = svg();
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, 40, 30);
  pen.save();
  pen.translate(5, 6);
  pen.rotate(-Math.PI / 2);
  pen.globalAlpha = 0.3;
  pen.strokeStyle = "#123456";
  pen.setLineDash([4, 2]);
  pen.beginPath();
  pen.moveTo(1, 2);
  pen.lineTo(3.456, 4);
  pen.stroke();
  pen.restore();
  pen.font = "700 10px Inter";
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText("8 & 9", 20, 10);
  const [head, ground, line, text] = lines(pen);
  assert.equal(head, '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30" viewBox="0 0 40 30">');
  assert.equal(ground, '<rect x="0" y="0" width="40" height="30" fill="#fff"></rect>');
  assert.match(line, /d="M1 2L3.46 4" fill="none" stroke="#123456" .*stroke-dasharray="4 2" opacity="0.3" transform="translate\(5 6\)rotate\(-90\)"/);
  assert.equal(text, '<text x="20" y="13.5" font-weight="700" font-size="10" font-family="Inter" text-anchor="middle" fill="#fff">8 &amp; 9</text>');
  assert.equal(pen.measureText("abc").width, 21);
});

test("circles, turned ellipses and closed areas are paths", () => {
  const pen = svg();
  pen.beginPath();
  pen.arc(10, 10, 4, 0, 2 * Math.PI);
  pen.stroke();
  pen.beginPath();
  pen.ellipse(10, 10, 4, 2, Math.PI / 2, 0, 2 * Math.PI);
  pen.stroke();
  pen.beginPath();
  for (const [x, y] of [[1, 1], [5, 1], [5, 5]]) pen.lineTo(x, y);
  pen.closePath();
  pen.fill("evenodd");
  const [, circle, ellipse, area] = lines(pen);
  assert.match(circle, /d="M14 10A4 4 0 1 1 6 10A4 4 0 1 1 14 10" fill="none"/);
  assert.match(ellipse, /d="M10 14A4 2 90 1 1 10 6A4 2 90 1 1 10 14" fill="none"/);
  assert.match(area, /d="M1 1L5 1L5 5Z" fill="#000" fill-rule="evenodd"/);
});

test("a raster or its part is an image, crisp where it is not to be smoothed", () => {
  const pen = svg();
  pen.drawImage({ name: "all" }, 1, 2, 30, 20);
  pen.imageSmoothingEnabled = false;
  pen.drawImage({ name: "part" }, 8, 9, 4, 4, 1, 2, 30, 20);
  const [, smooth, crisp] = lines(pen);
  assert.equal(smooth, '<image x="1" y="2" width="30" height="20" href="data:all" preserveAspectRatio="none" style="image-rendering:auto"></image>');
  assert.match(crisp, /href="data:part-8-9-4-4" .*pixelated/);
});

test("a clip, moved with the pen, holds until the state is restored", () => {
  const pen = svg();
  pen.save();
  pen.translate(3, 4);
  pen.beginPath();
  pen.rect(0, 0, 10, 8);
  pen.clip();
  pen.fillRect(0, 0, 99, 99);
  pen.restore();
  pen.fillRect(0, 0, 1, 1);
  const [, around, path, begin, inside, end, outside] = lines(pen);
  const id = /id="([^"]+)"/.exec(around)[1];
  assert.match(path, /d="M0 0h10v8h-10Z" transform="translate\(3 4\)"/);
  assert.equal(begin, `</clipPath><g clip-path="url(#${id})">`);
  assert.match(inside, /width="99"/);
  assert.equal(end, "</g>");
  assert.match(outside, /width="1"/);
});
