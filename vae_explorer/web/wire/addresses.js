/** Where our server is, as the page's own script found it: below whatever a proxy puts before the paths. */

/** @param {string} path as the server's routes begin: `/api/glossary` @returns {string} */
export const addressOf = (path) => `${Reflect.get(globalThis, "__streamlit")?.BACKEND_BASE_URL ?? ""}${path}`;
