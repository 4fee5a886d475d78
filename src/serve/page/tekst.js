// A text with a small row of tools above it. What is written is the text itself, as the file holds it.

import { ask, dialog, freshId, make, say } from './vaerktoej.js';

/** Replaces what is chosen, so that the browser's own undo still works. */
function insert(area, text, from = area.selectionStart, to = area.selectionEnd) {
  area.focus();
  area.setSelectionRange(from, to);
  // The old way is the only one that undo knows of.
  if (!document.execCommand('insertText', false, text)) area.setRangeText(text, from, to, 'end');
  area.dispatchEvent(new Event('input', { bubbles: true }));
}

function wrap(area, sign, empty) {
  const { selectionStart: from, selectionEnd: to, value } = area;
  const chosen = value.slice(from, to);
  const has = chosen.startsWith(sign) && chosen.endsWith(sign) && chosen.length > sign.length * 2;
  insert(area, has ? chosen.slice(sign.length, -sign.length) : sign + (chosen || empty) + sign);
  if (!chosen) area.setSelectionRange(from + sign.length, from + sign.length + empty.length);
}

/** Makes the lines that are chosen a list, or takes its marks away. */
function list(area, mark) {
  const { value } = area;
  const from = value.lastIndexOf('\n', area.selectionStart - 1) + 1;
  const end = value.indexOf('\n', area.selectionEnd);
  const to = end < 0 ? value.length : end;
  const lines = value.slice(from, to).split('\n');
  const any = /^(?:- |\d+\. )/;
  const has = lines.every((line) => any.test(line));
  const marked = lines.map((line, at) => (has ? line.replace(any, '') : mark(at) + line.replace(any, '')));
  const before = value.slice(0, from);
  const gap = !has && before && !before.endsWith('\n\n') && !any.test(before.trimEnd().split('\n').pop()) ? '\n' : '';
  insert(area, gap + marked.join('\n'), from, to);
}

function buttons(close, word) {
  return make('div', { class: 'dialog-ways' },
    make('button', { type: 'submit', class: 'button', text: word }),
    make('button', { type: 'button', class: 'button quiet', text: 'Fortryd', onclick: () => close(null) }));
}

function labelled(text, control, hint) {
  control.id ||= freshId();
  const help = hint && make('p', { class: 'hint', id: `${control.id}-h`, text: hint });
  if (help) control.setAttribute('aria-describedby', help.id);
  return make('div', { class: 'field' }, make('label', { for: control.id, text }), help, control);
}

/** Asks for a place to refer to. */
async function reference(area, places) {
  const chosen = await dialog('Henvis til et sted', (body, close, form) => {
    const select = make('select', { size: '8', required: true }, ...places().map(([value, text]) => make('option', { value, text })));
    body.append(labelled('Sted', select, 'Nummeret følger selv med, hvis rækkefølgen ændrer sig.'), buttons(close, 'Sæt ind'));
    form.addEventListener('submit', () => select.value && close(select.value));
    select.addEventListener('dblclick', () => select.value && close(select.value));
  });
  if (chosen) {
    const text = area.value.slice(area.selectionStart, area.selectionEnd);
    insert(area, `[${text}](${chosen})`);
  }
}

async function footnote(area) {
  const note = await dialog('Fodnote', (body, close, form) => {
    const text = make('textarea', { rows: '3', required: true });
    body.append(labelled('Det, der skal stå i fodnoten', text), buttons(close, 'Sæt ind'));
    form.addEventListener('submit', () => text.value.trim() && close(text.value.trim()));
  });
  if (!note) return;
  let number = 1;
  while (area.value.includes(`[^${number}]`)) number += 1;
  const at = area.selectionEnd;
  insert(area, `[^${number}]`, at, at);
  const end = area.value.length;
  const gap = area.value.endsWith('\n') ? '\n' : '\n\n';
  insert(area, `${gap}[^${number}]: ${note.replace(/\s*\n\s*/g, ' ')}\n`, end, end);
}

async function table(area) {
  const size = await dialog('Tabel', (body, close, form) => {
    const columns = make('input', { type: 'number', min: '2', max: '6', value: '2', required: true });
    const rows = make('input', { type: 'number', min: '1', max: '30', value: '3', required: true });
    body.append(labelled('Kolonner', columns), labelled('Rækker', rows), buttons(close, 'Sæt ind'));
    form.addEventListener('submit', () => close([Number(columns.value), Number(rows.value)]));
  });
  if (!size) return;
  const [columns, rows] = size;
  const line = (cell) => `| ${Array.from({ length: columns }, (_, at) => cell(at)).join(' | ')} |`;
  const lines = [line((at) => `Overskrift ${at + 1}`), line(() => '---'), ...Array.from({ length: rows }, () => line(() => '…'))];
  const before = area.value.slice(0, area.selectionStart);
  insert(area, `${before && !before.endsWith('\n\n') ? '\n\n' : ''}${lines.join('\n')}\n\n`);
}

const LARGEST = 20_000_000;

async function picture(area, protocol) {
  const chosen = await dialog('Billede', (body, close, form) => {
    const file = make('input', { type: 'file', accept: 'image/png,image/jpeg,image/gif,image/webp,image/svg+xml', required: true });
    const about = make('textarea', { rows: '2', required: true });
    const wrong = make('p', { class: 'wrong', role: 'alert' });
    body.append(
      labelled('Fil', file, 'PNG, JPEG, GIF, WebP eller SVG, højst 20 MB. Vis ingen, der kan kendes.'),
      labelled('Beskriv billedet', about, 'For dem, der ikke kan se det. Skriv det, billedet fortæller.'), wrong, buttons(close, 'Sæt ind'));
    form.addEventListener('submit', async () => {
      const [one] = file.files;
      if (!one || !about.value.trim()) { wrong.textContent = 'Vælg en fil, og beskriv billedet.'; return; }
      if (one.size > LARGEST) { wrong.textContent = 'Billedet fylder mere end 20 MB. Gør det mindre først.'; return; }
      wrong.textContent = 'Henter billedet ind …';
      const reply = await ask('picture', { asked: { protokol: protocol(), navn: one.name }, bytes: one });
      if (reply.ok) close([about.value.trim().replace(/\s+/g, ' ').replace(/[[\]]/g, ''), reply.data.file]);
      else wrong.textContent = reply.data.message ?? 'Billedet kan ikke bruges.';
    });
  });
  if (!chosen) return;
  const before = area.value.slice(0, area.selectionStart);
  insert(area, `${before && !before.endsWith('\n\n') ? '\n\n' : ''}![${chosen[0]}](${chosen[1]})\n\n`);
  say('Billedet er sat ind.');
}

/** A text area with its tools. `places` gives what can be referred to, `protocol` whose text it is. */
export function textField({ id, value, label, rows = 6, describedby, places, protocol, oninput }) {
  const area = make('textarea', { id, rows: String(rows), 'aria-describedby': describedby, spellcheck: 'true', lang: 'da' });
  area.value = value;
  const grow = () => {
    area.style.height = 'auto';
    area.style.height = `${Math.min(area.scrollHeight + 4, 900)}px`;
  };
  area.addEventListener('input', () => { grow(); oninput(area.value); });
  area.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'b') { event.preventDefault(); wrap(area, '**', 'fed tekst'); }
  });
  const tool = (text, name, act) => make('button', {
    type: 'button', class: 'tool', text, 'aria-label': `${name} i »${label}«`, title: name, onclick: act,
  });
  const tools = make('div', { class: 'tools', role: 'group', 'aria-label': `Værktøj til »${label}«` },
    tool('Fed', 'Fed', () => wrap(area, '**', 'fed tekst')),
    tool('• Liste', 'Liste', () => list(area, () => '- ')),
    tool('1. Liste', 'Liste med numre', () => list(area, (at) => `${at + 1}. `)),
    tool('Henvis', 'Henvis til et afsnit, et bilag eller en kontakt', () => reference(area, places)),
    tool('Fodnote', 'Fodnote', () => footnote(area)),
    tool('Tabel', 'Tabel', () => table(area)),
    tool('Billede', 'Billede', () => picture(area, protocol)));
  requestAnimationFrame(grow);
  return { box: make('div', { class: 'text' }, tools, area), area };
}

export { buttons, labelled };
