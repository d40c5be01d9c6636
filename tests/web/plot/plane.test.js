import assert from "node:assert/strict";
import { test } from "node:test";
import { ellipse } from "../../../vae_explorer/web/map/ellipse.js";
import { covariance, lift, project } from "../../../vae_explorer/web/plot/plane.js";

const near = (a, b) => assert.ok(a.every((value, i) => Math.abs(value - b[i]) < 1e-9), `${a} is not ${b}`);
const h = Math.SQRT1_2;
const planes = {
  units: { kind: "units", units: [2, 0] },
  pca: { kind: "pca", mean: [1, 0, -1], components: [[h, h, 0], [0, 0, 1]] },
};
const pin = [0.5, -2, 3];

for (const [name, plane] of Object.entries(planes)) {
  test(`${name}: a place lifted lies where it was, and the pin decodes exactly at its own`, () => {
    near(project(plane, lift(plane, [0.7, -1.1], pin)), [0.7, -1.1]);
    near(lift(plane, project(plane, pin), pin), pin);
  });
}

test("units the plane does not show stay as pinned", () => {
  assert.deepEqual(lift(planes.units, [9, 8], pin), [8, -2, 9]);
  assert.deepEqual(pin, [0.5, -2, 3]);
});

test("one latent unit has no second place", () => {
  const plane = { kind: "units", units: [0] };
  assert.deepEqual(project(plane, [4]), [4, 0]);
  assert.deepEqual(lift(plane, [2, 99], [4]), [2]);
  assert.equal(covariance(plane, [0])[2], 0);
});

test("the posterior's ellipse lies along the units, and turned in a turned plane", () => {
  const logvar = [Math.log(4), Math.log(0.25), 0];
  const upright = ellipse(covariance(planes.units, logvar));
  near([upright.long, upright.short, Math.abs(upright.angle)], [2, 1, Math.PI / 2]);
  const turned = ellipse(covariance({ ...planes.pca, components: [[h, h, 0], [-h, h, 0]] }, logvar));
  near([turned.long, turned.short, turned.angle], [2, 0.5, -Math.PI / 4]);
});
