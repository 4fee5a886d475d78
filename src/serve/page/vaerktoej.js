// Small things that every part of the frame uses.

/** The element with this id. */
export const byId = (id) => document.getElementById(id);

/** A new element: its name, what it has, and what stands in it. */
export function make(name, has = {}, ...inside) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(has)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'class') element.className = value;
    else if (key === 'text') element.textContent = value;
    else if (value === true) element.setAttribute(key, '');
    else element.setAttribute(key, value);
  }
  element.append(...inside.filter((one) => one !== null && one !== undefined && one !== false));
  return element;
}

/** Says something to those who hear the page. */
export function say(text) {
  const voice = byId('sig');
  // The same words twice in a row would be told once.
  voice.textContent = voice.textContent === text ? `${text}\u00a0` : text;
}

/** "1 fejl", "3 advarsler". */
export function counted(number, one, several) {
  return `${number} ${number === 1 ? one : several}`;
}

/** What this browser remembers; where it keeps nothing, nothing is lost but convenience. */
export const memory = {
  get(key) {
    try { return localStorage.getItem(key); } catch { return null; }
  },
  set(key, value) {
    try { localStorage.setItem(key, value); return true; } catch { return false; }
  },
  remove(key) {
    try { localStorage.removeItem(key); } catch { /* it keeps nothing */ }
  },
};
