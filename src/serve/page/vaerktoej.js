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

// The token stands behind # in the address that the terminal told. It is taken out of the address at once, so that it
// is not copied with it, and every tab of this browser shares it.
const given = new URLSearchParams(location.hash.slice(1)).get('noegle');
if (given) {
  memory.set('rusprot:noegle', given);
  history.replaceState(null, '', location.pathname + location.search);
}

/** Whether this browser has been given a token. */
export const hasToken = () => Boolean(given ?? memory.get('rusprot:noegle'));

/** What the server answered: whether it went well, the status, and the data. */
export async function ask(what, { asked = {}, body, bytes } = {}) {
  const query = new URLSearchParams(asked).toString();
  const init = { headers: { 'x-rusprot': memory.get('rusprot:noegle') ?? given ?? '' } };
  if (body !== undefined || bytes !== undefined) {
    init.method = 'POST';
    init.body = bytes ?? JSON.stringify(body);
  }
  let reply;
  try {
    reply = await fetch(`/api/edit/${what}${query ? `?${query}` : ''}`, init);
  } catch {
    return { ok: false, status: 0, data: { message: 'Programmet svarer ikke.' } };
  }
  let data = {};
  try { data = await reply.json(); } catch { data = { message: 'Programmet svarede noget, der ikke kan læses.' }; }
  return { ok: reply.ok, status: reply.status, data };
}

/** A window over the page: a heading, what stands in it, and its buttons. Comes back with what was chosen, or null. */
export function dialog(title, fill) {
  return new Promise((done) => {
    const before = document.activeElement;
    const name = `vindue-${Date.now()}`;
    const body = make('div', { class: 'dialog-body' });
    const form = make('form', { method: 'dialog' }, make('h2', { id: name, text: title }), body);
    const box = make('dialog', { class: 'dialog', 'aria-labelledby': name }, form);
    const close = (value) => { box.close(); box.remove(); before?.focus?.(); done(value ?? null); };
    form.addEventListener('submit', (event) => event.preventDefault());
    box.addEventListener('cancel', (event) => { event.preventDefault(); close(null); });
    document.body.append(box);
    fill(body, close, form);
    box.showModal();
  });
}

let numbers = 0;
/** An id that nothing on the page has. */
export const freshId = () => `f${(numbers += 1)}`;
