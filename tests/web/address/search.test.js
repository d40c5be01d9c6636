import assert from "node:assert/strict";
import { test } from "node:test";
import { search } from "../../../vae_explorer/web/address/search.js";

test("the wanted query replaces what was shown", () => {
  assert.equal(search("?stranger=1&model=old", "?model=new&pin=1%2C2"), "?model=new&pin=1%2C2");
  assert.equal(search("?model=old", ""), "");
});

test("what Streamlit reads from the address stays", () => {
  assert.equal(search("?embed=true&model=old", "?model=new"), "?model=new&embed=true");
  const both = "?embed=true&embed_options=dark_theme&embed_options=hide_loading_screen";
  assert.equal(search(both, ""), both);
});
