// Writing: the list of a protocol's parts, the form of one of them, what is found while it is written, and saving.

import { ask, byId, counted, dialog, freshId, hasToken, make, say } from './vaerktoej.js';
import { buttons, labelled } from './tekst.js';
import { Fields } from './felter.js';
import * as draft from './udkast.js';
import { handOver } from './version.js';

const panel = byId('skriv');
const opener = byId('skriv-knap');

/** What the frame lets us do: show a page that is not saved, and go to a place on it. */
let frame;
let repository = '';
let slug = '';
let outline = null;
/** The form that is open. */
let open = null;
/** How many forms are on their way. */
let opening = 0;

/** Prepares writing, where the server lets us. */
export function begin(host) {
  frame = host;
  opener.addEventListener('click', () => (panel.hidden ? show() : hide()));
  byId('version-knap').addEventListener('click', () => handOver(slug, () => frame.refresh()));
  addEventListener('storage', (event) => {
    if (open && event.key?.startsWith(`rusprot:udkast:${repository}:${open.path}:`)) warnElsewhere();
  });
}

/** Tells what the server lets us do, and which protocol is shown. */
export function state(now) {
  repository = now.repository;
  const can = now.edit && hasToken() && now.slug !== '';
  opener.hidden = !can;
  byId('version-knap').hidden = !can;
  if (!can) { if (!panel.hidden) hide(); return; }
  if (now.slug !== slug) {
    slug = now.slug;
    outline = null;
    open = null;
    if (!panel.hidden) showParts();
  }
}

/** Whether the page that is shown is one of a text that is not saved. */
export const holdsPage = () => Boolean(open && open.dirty && !panel.hidden);

/** The files have changed. */
export async function filesChanged() {
  if (panel.hidden || !slug) { await fetchOutline(); return; }
  if (!open) { await (opening ? fetchOutline() : showParts(false)); return; }
  await fetchOutline();
  const reply = await ask('versions', { asked: { protokol: slug } });
  if (!reply.ok || !open) return;
  const version = reply.data[open.path];
  if (version === open.version) { if (open.dirty) tryOut(); return; }
  if (open.dirty) tellAnother();
  else if (version) openFile(open.path, { focus: false });
}

async function fetchOutline() {
  if (!slug || !hasToken()) return;
  const reply = await ask('outline', { asked: { protokol: slug } });
  if (reply.ok) { outline = reply.data; frame.marks(); }
  else if (reply.status === 403) say(reply.data.message);
}

function show() {
  panel.hidden = false;
  opener.setAttribute('aria-expanded', 'true');
  opener.textContent = 'Luk';
  document.body.classList.add('writing');
  if (open) render(); else showParts();
}

function hide() {
  panel.hidden = true;
  opener.setAttribute('aria-expanded', 'false');
  opener.textContent = 'Skriv';
  document.body.classList.remove('writing');
  frame.refresh();
}

// The list of parts.

const all = () => [...(outline?.sections ?? []), ...(outline?.appendices ?? [])];

function part(one, list, at) {
  const waiting = draft.unsaved(repository).has(one.path);
  const name = one.heading || 'Uden overskrift';
  const move = (up) => make('button', {
    type: 'button', class: 'tool', text: up ? '↑' : '↓', title: up ? 'Flyt op' : 'Flyt ned',
    'aria-label': `${up ? 'Flyt op' : 'Flyt ned'}: ${name}`, disabled: up ? at === 0 : at === list.length - 1,
    onclick: async () => {
      const reply = await ask('move', { body: { path: one.path, up } });
      if (!reply.ok) { say(reply.data.message); return; }
      await showParts(false);
      say(`${name} er flyttet ${up ? 'op' : 'ned'}.`);
      panel.querySelector(`[data-path="${CSS.escape(reply.data.path)}"]`)?.focus();
    },
  });
  return make('li', {}, make('button', {
    type: 'button', class: 'part', 'data-path': one.path, onclick: () => openFile(one.path),
  }, make('span', { class: 'number', text: one.number }), make('span', { class: 'name', text: name }),
  waiting && make('span', { class: 'waiting', text: 'Ikke gemt' })), move(true), move(false));
}

async function showParts(focus = true) {
  open = null;
  await fetchOutline();
  // A form that was opened meanwhile is not cleared away.
  if (open || opening) return;
  if (!outline || panel.hidden) {
    if (!panel.hidden) panel.replaceChildren(make('p', { class: 'banner', text: 'Afsnittene kan ikke hentes lige nu.' }));
    return;
  }
  const list = (name, parts) => [make('h3', { text: name }), make('ol', { class: 'parts', role: 'list' }, ...parts.map((one, at) => part(one, parts, at)))];
  const missing = outline.missing.map((one) => make('li', {},
    make('div', { class: 'ask' }, make('p', { class: 'name', text: `${one.heading}${one.must ? '' : ' (frivilligt)'}` }), one.guidance && make('p', { class: 'hint', text: one.guidance })),
    make('button', { type: 'button', class: 'button quiet small', text: 'Begynd', 'aria-label': `Begynd afsnittet ${one.heading}`, onclick: () => create({ requirement: one.id }) })));
  keepingFocus(() => panel.replaceChildren(
    make('h2', { id: 'skriv-titel', tabindex: '-1', text: 'Hvad vil du skrive i?' }),
    ...list('Afsnit', outline.sections),
    ...(missing.length ? [make('h3', { text: 'Mangler' }), make('ul', { class: 'missing', role: 'list' }, ...missing)] : []),
    make('button', { type: 'button', class: 'button quiet', text: 'Nyt afsnit', onclick: () => askHeading(false) }),
    ...list('Bilag', outline.appendices),
    make('button', { type: 'button', class: 'button quiet', text: 'Nyt bilag', onclick: () => askHeading(true) }),
    make('h3', { text: 'Om protokollen' }),
    make('button', { type: 'button', class: 'button quiet', text: 'Institution, version og datoer', onclick: () => openFile(outline.main) })));
  if (focus) byId('skriv-titel').focus();
}

/** Draws what the panel shows anew. Whoever stands on something of it stands on the same afterwards, also in the middle of a word. */
function keepingFocus(draw) {
  const held = panel.contains(document.activeElement) ? document.activeElement : null;
  const way = wayOfFocus();
  const alike = (root) => [...root.querySelectorAll(held.tagName)].filter((one) => one.ariaLabel === held.ariaLabel && (one.textContent === held.textContent || one.tagName !== 'BUTTON'));
  const at = held ? alike(way ? fieldAt(way) : panel).indexOf(held) : -1;
  const { scrollTop } = panel;
  draw();
  panel.scrollTop = scrollTop;
  if (!held) return;
  const again = alike((way && fieldAt(way)) ?? panel)[at] ?? byId('skriv-titel');
  again.focus({ preventScroll: true });
  if (typeof held.selectionStart === 'number' && typeof again.selectionStart === 'number') again.setSelectionRange(held.selectionStart, held.selectionEnd);
}

async function askHeading(appendix) {
  const heading = await dialog(appendix ? 'Nyt bilag' : 'Nyt afsnit', (body, close, form) => {
    const input = make('input', { type: 'text', required: true, autocomplete: 'off' });
    body.append(labelled('Overskrift', input), buttons(close, 'Lav det'));
    form.addEventListener('submit', () => input.value.trim() && close(input.value.trim()));
  });
  if (heading) create({ appendix, heading });
}

async function create(wish) {
  const reply = await ask('new', { body: { protocol: slug, ...wish } });
  if (!reply.ok) { say(reply.data.message); await tell(reply.data.message); return; }
  await fetchOutline();
  openFile(reply.data.path);
}

const tell = (text) => dialog('Det gik ikke', (body, close) => {
  body.append(make('p', { text }), make('div', { class: 'dialog-ways' }, make('button', { type: 'button', class: 'button', text: 'Luk', onclick: () => close(null) })));
});

// The form of one file.

/** Opens a file; `way` is the field to go to. */
export async function openFile(path, { focus = true, way = null } = {}) {
  if (panel.hidden) { panel.hidden = false; opener.setAttribute('aria-expanded', 'true'); opener.textContent = 'Luk'; document.body.classList.add('writing'); }
  if (!outline) await fetchOutline();
  if (open?.path === path && open.dirty) { goTo(way ?? []); return; }
  opening += 1;
  const reply = await ask('open', { asked: { sti: path } }).finally(() => { opening -= 1; });
  if (!reply.ok) { await tell(reply.data.message); return; }
  take(reply.data);
  const kept = draft.kept(repository, path);
  let note = null;
  if (kept && open.values) {
    if (draft.same(kept.base, kept.now) || draft.same(draft.plain(kept.now), open.base)) draft.forget(repository, path);
    else {
      draft.takeOver(repository, path, kept);
      if (kept.version === open.version) {
        open.values = kept.now;
        open.dirty = true;
        note = `Det, du skrev ${new Date(kept.when).toLocaleString('da-DK', { dateStyle: 'long', timeStyle: 'short' })} og ikke fik gemt, er hentet frem.`;
      } else {
        const theirs = reply.data;
        open.base = kept.base;
        open.values = kept.now;
        open.version = kept.version;
        open.dirty = true;
        render();
        settle(theirs);
        return;
      }
    }
  }
  if (focus) render(note); else keepingFocus(() => render(note));
  if (open.dirty) tryOut();
  if (way) goTo(way); else if (focus) byId('skriv-titel').focus();
  frame.place(places()[0]?.anchor);
}

/** Takes a file as the server sends it. */
function take(file) {
  open = {
    path: file.path, version: file.version, form: file.form, text: file.text, base: file.values,
    values: file.values && draft.writable(file.values), dirty: false, raw: file.values === null, findings: [], turn: (open?.turn ?? 0) + 1,
  };
}

const places = () => all().find((one) => one.path === open?.path)?.places ?? [];
/** The rows of an inner section as numbers: `["afsnit", 0, "afsnit", 2]` is [0, 2]. */
const guide = (way) => {
  const at = way.filter((_, index) => index % 2 === 1);
  return places().find((one) => JSON.stringify(one.at) === JSON.stringify(at));
};

const fields = new Fields({
  changed: () => changed(),
  form: () => open.form,
  protocol: () => slug,
  section: (table, way) => section(table, way),
  places: () => [
    ...(outline?.sections ?? []).flatMap((one) => one.places).map((one) => [`afsnit:${one.id}`, `${one.label}: ${one.heading}`]),
    ...(outline?.appendices ?? []).map((one) => [`bilag:${one.places[0]?.id}`, `${one.number}: ${one.heading}`]),
    ...(outline?.contacts ?? []).map((id) => [`kontakt:${id}`, `Kontakt: ${id}`]),
  ],
});

/** What the skabelon asks for in a section: guidance, the text that is common, and the points as boxes to tick. */
function asked(table, way) {
  const own = guide(way);
  if (!own) return [];
  return own.asked.flatMap((one) => {
    const said = [];
    if (one.guidance) said.push(make('p', { text: one.guidance }));
    for (const heading of one.each) said.push(make('p', { text: `Hvert underafsnit skal have »${heading}«.` }));
    const common = one.obligatory && frame.obligatory(own.anchor);
    const list = [table.opfylder ?? []].flat();
    const tick = (id, yes) => {
      const now = [table.opfylder ?? []].flat().filter((known) => known !== id);
      if (yes) now.push(id);
      if (now.length) table.opfylder = now; else delete table.opfylder;
      changed();
    };
    const points = one.points.map((point) => {
      const id = freshId();
      const check = make('input', { type: 'checkbox', id });
      check.checked = list.includes(point.id);
      check.addEventListener('change', () => tick(point.id, check.checked));
      return make('div', { class: 'check' }, check, make('label', { for: id, text: `${point.text}${point.must ? '' : ' (frivilligt)'}` }));
    });
    return [
      said.length && make('div', { class: 'guidance' }, make('p', { class: 'label', text: 'Vejledning fra skabelonen' }), ...said),
      common && make('div', { class: 'locked', role: 'group', tabindex: '0', 'aria-label': 'Fælles tekst, som ikke kan rettes her' },
        make('p', { class: 'label', text: 'Fælles tekst. Den kommer fra området og kan ikke rettes her.' }), ...common),
      points.length && make('fieldset', { class: 'field points' }, make('legend', { text: 'Det har vi svaret på' }),
        make('p', { class: 'hint', text: 'Sæt kryds, når teksten svarer på punktet.' }), make('div', { class: 'checks' }, ...points)),
    ].filter(Boolean);
  });
}

/** What a section's form always shows; the rest comes when it is there or when somebody adds it. */
const ALWAYS = ['overskrift', 'tekst'];
const FIRST = ['overskrift'];

/** The fields of a section. */
function section(table, way) {
  const own = guide(way);
  const hasPoints = own?.asked.some((one) => one.points.length || one.id);
  const shows = (field) => {
    if (field.key === 'opfylder') return table.opfylder !== undefined && !hasPoints;
    return ALWAYS.includes(field.key) || (table[field.key] !== undefined && !(Array.isArray(table[field.key]) && !table[field.key].length));
  };
  const known = open.form.fields.map((field) => (field.key === 'tekst' ? { ...field, expected: true } : field));
  const box = make('div', { class: 'section-fields' });
  const rest = make('div', { class: 'add' });
  const drawRest = () => {
    const isBlock = (field) => ['tables', 'table', 'again'].includes(field.entry) && field.key !== 'undtag';
    const others = known.filter((field) => !shows(field) && field.key !== 'opfylder')
      .sort((one, other) => isBlock(other) - isBlock(one));
    const select = make('select', { id: freshId() }, ...others.map((field) => make('option', { value: field.key, text: field.entry === 'again' ? 'Underafsnit' : field.label })));
    const add = make('button', { type: 'button', class: 'button quiet small', text: 'Tilføj', onclick: () => {
      const field = known.find((one) => one.key === select.value);
      if (!field) return;
      if (field.entry === 'tables' || field.entry === 'again') table[field.key] = [{}];
      if (field.entry === 'table') table[field.key] = {};
      const element = fields.one(field, table, way);
      box.append(element);
      changed();
      drawRest();
      element.querySelector('input, textarea, select, button')?.focus();
    } });
    rest.replaceChildren(make('label', { for: select.id, text: 'Tilføj noget andet til afsnittet' }), make('div', { class: 'pair' }, select, add));
  };
  const visible = known.filter(shows);
  box.append(
    ...visible.filter((field) => FIRST.includes(field.key)).map((field) => fields.one(field, table, way)),
    ...asked(table, way),
    ...visible.filter((field) => !FIRST.includes(field.key)).map((field) => fields.one(field, table, way)));
  drawRest();
  return [box, rest];
}

function render(note) {
  const { path } = open;
  const own = all().find((one) => one.path === path);
  const name = own ? own.heading || 'Uden overskrift' : outline?.name || 'Om protokollen';
  const save = make('button', { type: 'button', class: 'button', id: 'gem', text: 'Gem', onclick: () => (open.raw ? saveText() : saveForm()) });
  const head = make('div', { class: 'write-head' },
    make('button', { type: 'button', class: 'button quiet small', text: '← Alle afsnit', onclick: () => { showParts(); frame.refresh(); } }),
    make('p', { class: 'saved', id: 'gemt', role: 'status' }), save);
  const body = open.raw ? rawField() : own ? section(open.values, []) : fields.all(open.form, open.values, []);
  const other = make('button', { type: 'button', class: 'button quiet small', text: open.raw ? 'Tilbage til formularen' : 'Åbn filen', disabled: open.raw && open.base === null, onclick: switchRaw });
  panel.replaceChildren(head,
    make('h2', { id: 'skriv-titel', tabindex: '-1', text: own?.number ? `${own.number} ${name}` : name }),
    make('p', { class: 'note', id: 'note', role: 'status', hidden: !note, text: note ?? '' }),
    make('div', { id: 'anden' }),
    make('ul', { class: 'found', id: 'fundet', role: 'list' }),
    make('form', { class: 'fields', autocomplete: 'off' }, ...[body].flat()),
    make('div', { class: 'foot' }, other, open.dirty && !open.raw ? make('button', { type: 'button', class: 'button quiet small', text: 'Kassér det, der ikke er gemt', onclick: discard }) : null,
      make('p', { class: 'hint', text: path })));
  panel.querySelector('form').addEventListener('submit', (event) => event.preventDefault());
  panel.querySelector('form').addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's') { event.preventDefault(); save.click(); }
  });
  tellState();
  showFound();
  warnElsewhere();
}

function rawField() {
  const area = make('textarea', { class: 'raw', rows: '24', spellcheck: 'false', id: freshId() });
  area.value = open.rawText ?? open.text;
  area.addEventListener('input', () => { open.rawText = area.value; open.dirty = area.value !== open.text; tellState(); });
  const why = open.base === null
    ? 'Filen kan ikke læses som en formular, fordi noget er skrevet forkert. Under Fund står hvad og hvor.'
    : 'Her er filen, som den er. Det, der står mellem anførselstegn, er jeres tekst.';
  return [make('div', { class: 'field' }, make('label', { for: area.id, text: 'Filen' }), make('p', { class: 'hint', text: why }), area)];
}

function switchRaw() {
  if (open.dirty) { say('Gem først.'); byId('gemt').textContent = 'Gem, før du skifter.'; return; }
  open.raw = !open.raw;
  open.rawText = undefined;
  render();
  byId('skriv-titel').focus();
}

async function discard() {
  const sure = await dialog('Kassér det, du har skrevet?', (body, close, form) => {
    body.append(make('p', { text: 'Filen bliver vist, som den er gemt. Det, du har skrevet siden, går tabt.' }), buttons(close, 'Kassér'));
    form.addEventListener('submit', () => close(true));
  });
  if (!sure) return;
  const { path } = open;
  draft.forget(repository, path);
  open = null;
  await openFile(path);
  frame.refresh();
}

// What happens while somebody writes.

let waiting = 0;
function changed() {
  const changes = draft.changed(open.base, open.values);
  open.dirty = Object.keys(changes).length > 0;
  if (open.dirty) {
    open.kept = draft.keep(repository, open.path, { version: open.version, base: open.base, now: open.values });
  } else draft.forget(repository, open.path);
  tellState();
  clearTimeout(waiting);
  waiting = setTimeout(() => tryOut(), 250);
}

function tellState(text) {
  const place = byId('gemt');
  if (!place || !open) return;
  place.textContent = text ?? (open.dirty
    ? (open.kept === false ? 'Ikke gemt. Browseren kan ikke huske det for dig, så gem ofte.' : 'Ikke gemt endnu')
    : 'Gemt');
  place.classList.toggle('unsaved', open.dirty);
}

/** Has the server say what is found in the text as it is now, and show its page. */
async function tryOut() {
  if (!open || open.raw) return;
  const { path, turn } = open;
  open.tries = (open.tries ?? 0) + 1;
  const number = open.tries;
  const changes = draft.changed(open.base, open.values);
  const reply = await ask('try', { body: { path, version: open.version, changes } });
  if (!open || open.path !== path || open.turn !== turn || open.tries !== number) return;
  if (reply.status === 0) { tellState('Programmet svarer ikke. Det, du skriver, bliver husket i denne browser.'); setTimeout(() => open?.dirty && tryOut(), 3000); return; }
  if (!reply.ok) { tellState(reply.data.message); return; }
  open.findings = reply.data.findings;
  if (open.dirty) frame.put(reply.data.html);
  if (!reply.data.current && open.dirty) tellAnother();
  tellState();
  showFound();
}

/** The element of a field, or of the nearest that holds it. */
function fieldAt(way) {
  for (let length = way.length; length > 0; length -= 1) {
    const found = panel.querySelector(`[data-way="${CSS.escape(JSON.stringify(way.slice(0, length)))}"]`);
    if (found) return found;
  }
  return null;
}

function goTo(way) {
  const element = fieldAt(way);
  const control = element?.querySelector('input, textarea, select, button, legend');
  (control ?? byId('skriv-titel'))?.focus();
  element?.scrollIntoView({ block: 'center' });
}

/** Shows each finding at its field. */
function showFound() {
  panel.querySelectorAll('.found').forEach((list) => list.replaceChildren());
  panel.querySelectorAll('[aria-invalid]').forEach((one) => one.removeAttribute('aria-invalid'));
  const own = (open?.findings ?? []).filter((one) => one.path === open.path);
  for (const finding of own) {
    const element = finding.field?.length ? fieldAt(finding.field) : null;
    const list = element?.querySelector(':scope > .found') ?? element?.closest('.field')?.querySelector(':scope > .found') ?? byId('fundet');
    const error = finding.level === 'error';
    list?.append(make('li', { class: error ? 'error' : 'warning' },
      make('span', { class: 'level', text: error ? 'Fejl: ' : 'Advarsel: ' }), finding.message,
      finding.help && make('span', { class: 'help', text: ` ${finding.help}` }),
      finding.fix !== null && finding.fix !== undefined && make('button', { type: 'button', class: 'button quiet small', text: 'Ret det for mig', 'aria-label': `Ret det for mig: ${finding.message}`, onclick: () => mend(finding.fix) })));
    if (error) element?.querySelector('input, textarea, select')?.setAttribute('aria-invalid', 'true');
  }
  const errors = own.filter((one) => one.level === 'error').length;
  const words = [errors && counted(errors, 'fejl', 'fejl'), own.length - errors && counted(own.length - errors, 'advarsel', 'advarsler')].filter(Boolean).join(' og ');
  const told = words || 'Ingen fejl';
  if (open && open.told !== told) { open.told = told; if (open.dirty) say(`${told} i afsnittet.`); }
}

async function mend(number) {
  const changes = draft.changed(open.base, open.values);
  const reply = await ask('fix', { body: { path: open.path, version: open.version, changes, number } });
  if (!reply.ok) { say(reply.data.message); return; }
  for (const { at, value } of reply.data.values) {
    let table = open.values;
    for (const step of at.slice(0, -1)) table = table?.[step];
    const key = at[at.length - 1];
    if (!table) continue;
    if (value === null) delete table[key]; else table[key] = value;
  }
  changed();
  const way = reply.data.values[0]?.at ?? [];
  render();
  goTo(way);
  say('Rettet. Husk at gemme.');
}

// Saving.

async function saveForm() {
  const { path, version } = open;
  const changes = draft.changed(open.base, open.values);
  if (!Object.keys(changes).length) { tellState(); say('Der er intet nyt at gemme.'); return; }
  tellState('Gemmer …');
  await settled(await ask('save', { body: { path, version, changes } }), path);
}

async function saveText() {
  const { path, version } = open;
  tellState('Gemmer …');
  await settled(await ask('text', { body: { path, version, text: open.rawText ?? open.text } }), path);
}

async function settled(reply, path) {
  if (!open || open.path !== path) return;
  if (reply.ok) {
    const { raw } = open;
    draft.forget(repository, path);
    const somewhere = panel.contains(document.activeElement);
    take(reply.data);
    open.raw = open.base === null || raw;
    keepingFocus(() => render());
    if (!somewhere) byId('gem')?.focus();
    tellState();
    say('Gemt.');
    await fetchOutline();
    await tryOut();
    return;
  }
  if (reply.status === 409) { tellState(); settle(reply.data); return; }
  if (reply.status === 0) { tellState('Programmet svarer ikke. Det, du har skrevet, er husket i denne browser. Start programmet igen, og gem så.'); say('Ikke gemt. Programmet svarer ikke.'); return; }
  tellState(`Ikke gemt. ${reply.data.message ?? ''}`);
  say(`Ikke gemt. ${reply.data.message ?? ''}`);
}

function wayOfFocus() {
  const element = document.activeElement?.closest?.('[data-way]');
  return element && panel.contains(element) ? JSON.parse(element.dataset.way) : null;
}

// The same file in other hands.

function warnElsewhere() {
  const note = byId('note');
  if (!note || !open) return;
  if (draft.isOpenElsewhere(repository, open.path)) {
    note.hidden = false;
    note.textContent = 'Nogen skriver i det samme afsnit i en anden fane. Gem dér først, så ser du begge dele her.';
  }
}

function tellAnother() {
  const place = byId('anden');
  if (!place || place.childElementCount) return;
  place.append(make('div', { class: 'banner', role: 'alert' },
    make('p', { text: 'Filen er blevet ændret et andet sted, mens du skrev. Intet er gået tabt.' }),
    make('button', { type: 'button', class: 'button small', text: 'Se begge', onclick: async () => {
      const reply = await ask('open', { asked: { sti: open.path } });
      if (reply.ok) settle(reply.data); else say(reply.data.message);
    } })));
}

const readable = (value) => {
  if (value === undefined) return '(intet)';
  if (typeof value === 'string') return value.trim() || '(intet)';
  if (Array.isArray(value)) return value.map((one, at) => `${at + 1}. ${readable(one)}`).join('\n');
  if (value && typeof value === 'object') {
    if (value.$date) return value.$date;
    return Object.entries(value).filter(([key]) => key[0] !== '$').map(([key, one]) => `${key}: ${readable(one)}`).join('\n');
  }
  return String(value);
};

/** Puts what was written here together with what stands in the file now; asks where both changed the same. */
async function settle(theirs) {
  const { path } = open;
  if (theirs.values === null) { await tell('Filen er ændret og kan ikke læses lige nu. Det, du har skrevet, er husket i denne browser, til den kan.'); return; }
  if (open.raw) {
    await dialog('Filen er ændret et andet sted', (body, close) => {
      body.append(make('p', { text: 'Sådan ser filen ud nu. Din egen udgave står stadig i feltet. Flyt det, du vil beholde, over, og gem så.' }), make('pre', { tabindex: '0', text: theirs.text }),
        make('div', { class: 'dialog-ways' }, make('button', { type: 'button', class: 'button', text: 'Luk', onclick: () => close(null) })));
    });
    open.version = theirs.version;
    open.text = theirs.text;
    return;
  }
  const { result, both } = draft.merged(open.base, open.values, theirs.values);
  if (both.length) {
    const labels = Object.fromEntries(open.form.fields.map((field) => [field.key, field.label]));
    const chosen = await dialog('To har skrevet i det samme', (body, close, form) => {
      body.append(make('p', { text: 'Filen er blevet ændret, mens du skrev. Vælg for hvert felt, hvad der skal stå. Du kan rette videre bagefter.' }));
      const groups = both.map((key) => {
        const name = freshId();
        const choice = (value, label, content, checked) => {
          const id = freshId();
          return make('div', { class: 'choice' }, make('div', { class: 'check' }, make('input', { type: 'radio', name, id, value, checked }), make('label', { for: id, text: label })), make('pre', { tabindex: '0', text: content }));
        };
        const group = make('fieldset', { class: 'field' }, make('legend', { text: labels[key] ?? key }),
          make('div', { class: 'two' }, choice('mine', 'Det, du har skrevet', readable(open.values[key]), true), choice('theirs', 'Det, der står i filen', readable(theirs.values[key]), false)));
        body.append(group);
        return [key, group];
      });
      body.append(buttons(close, 'Fortsæt'));
      form.addEventListener('submit', () => close(groups.map(([key, group]) => [key, group.querySelector('input:checked').value])));
    });
    if (!chosen) { tellAnother(); return; }
    for (const [key, whose] of chosen) if (whose === 'mine') draft.put(result, key, open.values[key], theirs.values[key]);
  }
  take(theirs);
  if (open.path !== path) return;
  open.values = result;
  changed();
  render('Din tekst er sat sammen med det, der står i filen. Se den igennem, og gem.');
  byId('skriv-titel').focus();
}

/** Every place of the page with the file and the field that it is written in: for the buttons on the page. */
export const marks = () => (opener.hidden ? [] : all().flatMap((one) => one.places.map((place) => ({
  anchor: place.anchor, heading: place.heading, path: one.path, way: place.at.flatMap((at) => ['afsnit', at]),
}))));
