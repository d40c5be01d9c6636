/**
 * The address bar and what the browser remembers. The address shows what is being looked at, in place of what it showed, so that
 * Back leads to the page before.
 */

import { search } from "./search.js";

const YEAR_S = 31_536_000;

/** @param {{data: {page: string, query: string, cookie: string}}} component called at every change of any */
export function mount({ data }) {
  const remembered = !data.cookie || document.cookie.split("; ").includes(data.cookie);
  if (!remembered) document.cookie = `${data.cookie}; path=/; max-age=${YEAR_S}; SameSite=Strict`;
  const query = search(location.search, data.query);
  if (location.search === query) return;
  history.replaceState(history.state, "", location.pathname + query + location.hash);
}
