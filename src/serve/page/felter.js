// The fields of a form, made from what the server says a file can hold. A field changes its own value in the draft and
// tells that it did; nothing here knows of files or of saving.

import { freshId, make } from './vaerktoej.js';
import { textField } from './tekst.js';

/** A text as it is shown: without the empty lines around it. */
const shown = (text) => (typeof text === 'string' ? text.replace(/^\n+|\s+$/g, '') : '');
const lowered = (text) => text.charAt(0).toLowerCase() + text.slice(1);

/** What a row is called in the list of its kind. */
function rowName(field, row, at) {
  const words = Object.entries(row).find(([key, value]) => key[0] !== '$' && typeof value === 'string' && value.trim());
  const text = words ? words[1].trim().split('\n')[0].slice(0, 50) : '';
  return `${field.label} ${at + 1}${text ? `: ${text}` : ''}`;
}

export class Fields {
  /** `host` knows the places, the protocol and the guides, and is told of every change. */
  constructor(host) {
    this.host = host;
  }

  /** Sets a value; an empty one goes, unless the file has the key already. */
  set(table, key, value, before) {
    const empty = value === '' || value === null || (Array.isArray(value) && !value.length);
    if (empty && (before === undefined || typeof value !== 'string')) delete table[key];
    else table[key] = value;
    this.host.changed();
  }

  /** A field with its label, what is told of it, and room for findings. */
  frame(field, way, control, { group = false, label = field.label } = {}) {
    const id = control.id || (control.id = freshId());
    // "Teksten." says no more than "Tekst".
    const same = field.about.replace(/(en|et|n|t)?\.$/, '') === field.label;
    const hint = make('p', { class: 'hint', id: `${id}-h`, text: same ? '' : field.about, hidden: same });
    const found = make('ul', { class: 'found', id: `${id}-f`, role: 'list' });
    control.setAttribute('aria-describedby', `${id}-h ${id}-f`);
    const name = `${label}${field.needed || field.expected ? '' : ' (kan udelades)'}`;
    const box = group
      ? make('fieldset', { class: 'field' }, make('legend', { text: name }), hint, control, found)
      : make('div', { class: 'field' }, make('label', { for: id, text: name }), hint, control, found);
    box.dataset.way = JSON.stringify(way);
    return box;
  }

  /** The field for one key of a table. */
  one(field, table, way) {
    const { key } = field;
    const own = [...way, key];
    const before = table[key];
    const set = (value) => this.set(table, key, value, before);
    switch (field.entry) {
      case 'text': return this.text(field, own, before, set);
      case 'lines': return this.lines(field, own, before, set);
      case 'texts': return this.texts(field, table, own);
      case 'choice': return this.choice(field, own, before, set);
      case 'choices': return this.choices(field, own, before, set);
      case 'count': return this.count(field, own, before, set);
      case 'day': return this.day(field, own, before, set);
      case 'day-or-words': return this.dayOrWords(field, own, before, set);
      case 'table': return this.table(field, table, own);
      case 'tables': case 'again': return this.rows(field, table, own);
      case 'names': return this.names(field, table, own);
      default: return this.line(field, own, before, set);
    }
  }

  /** What cannot be shown in a field stays as it is in the file. */
  odd(field, way) {
    return this.frame(field, way, make('p', { class: 'locked', text: 'Det, der står her, kan ikke vises i en formular. Åbn filen for at rette det.' }));
  }

  line(field, way, before, set) {
    if (before !== undefined && typeof before !== 'string') return this.odd(field, way);
    const input = make('input', { type: 'text', autocomplete: 'off' });
    input.value = before ?? '';
    input.addEventListener('input', () => set(input.value));
    return this.frame(field, way, input);
  }

  text(field, way, before, set) {
    if (before !== undefined && typeof before !== 'string') return this.odd(field, way);
    const id = freshId();
    const { box, area } = textField({
      id, value: shown(before), label: field.label, rows: field.key === 'tekst' ? 6 : 3,
      places: () => this.host.places(), protocol: () => this.host.protocol(), oninput: set,
    });
    const framed = this.frame(field, way, area);
    area.replaceWith(box);
    box.append(area);
    framed.insertBefore(box, framed.querySelector('.found'));
    return framed;
  }

  lines(field, way, before, set) {
    const list = before === undefined ? [] : [before].flat();
    if (list.some((one) => typeof one !== 'string')) return this.odd(field, way);
    const area = make('textarea', { rows: String(Math.max(2, list.length + 1)) });
    area.value = list.join('\n');
    area.addEventListener('input', () => set(area.value.split('\n').map((one) => one.trim()).filter(Boolean)));
    return this.frame({ ...field, about: `${field.about} Én på hver linje.` }, way, area);
  }

  texts(field, table, way) {
    const { key } = field;
    const box = make('div', { class: 'rows' });
    const list = () => (table[key] === undefined ? [] : [table[key]].flat());
    const draw = (focus) => {
      box.replaceChildren(...list().map((text, at) => {
        const { box: own, area } = textField({
          id: freshId(), value: shown(text), label: `${field.label} ${at + 1}`, rows: 2,
          places: () => this.host.places(), protocol: () => this.host.protocol(),
          oninput: (value) => { const now = list(); now[at] = value; table[key] = now; this.host.changed(); },
        });
        area.setAttribute('aria-label', `${field.label} ${at + 1}`);
        own.dataset.way = JSON.stringify([...way, at]);
        return make('div', { class: 'row' }, own, this.ways(list().length, at, `${field.label} ${at + 1}`, (now) => { move(now, list(), at); }));
      }), make('button', { type: 'button', class: 'button quiet small', text: `Tilføj til »${field.label}«`, onclick: () => { table[key] = [...list(), '']; this.host.changed(); draw(list().length - 1); } }));
      if (focus !== undefined) box.querySelectorAll('textarea')[focus]?.focus();
    };
    const move = (step, now, at) => {
      if (step === 0) now.splice(at, 1);
      else { const [one] = now.splice(at, 1); now.splice(at + step, 0, one); }
      if (now.length) table[key] = now; else delete table[key];
      this.host.changed();
      draw(step === 0 ? Math.max(0, at - 1) : at + step);
    };
    draw();
    return this.frame(field, way, box, { group: true });
  }

  choice(field, way, before, set) {
    const known = field.words.some(([word]) => word === before);
    const options = field.words.map(([value, text]) => make('option', { value, text }));
    const select = make('select', {}, make('option', { value: '', text: 'Ikke valgt' }), ...options);
    if (before !== undefined && !known) select.append(make('option', { value: String(before), text: `${before} (findes ikke)` }));
    select.value = before ?? '';
    select.addEventListener('change', () => set(select.value || null));
    return this.frame(field, way, select);
  }

  choices(field, way, before, set) {
    const list = before === undefined ? [] : [before].flat();
    const box = make('div', { class: 'checks' });
    for (const [value, text] of field.words) {
      const id = freshId();
      const check = make('input', { type: 'checkbox', id, value });
      check.checked = list.includes(value);
      check.addEventListener('change', () => set([...box.querySelectorAll('input:checked')].map((one) => one.value)));
      box.append(make('div', { class: 'check' }, check, make('label', { for: id, text })));
    }
    return this.frame(field, way, box, { group: true });
  }

  count(field, way, before, set) {
    const input = make('input', { type: 'number', min: String(field.least), max: String(field.most), step: '1', inputmode: 'numeric' });
    input.value = before ?? '';
    input.addEventListener('input', () => set(input.value === '' ? null : Math.trunc(Number(input.value))));
    return this.frame(field, way, input);
  }

  day(field, way, before, set) {
    // A year alone is a number, and a day that was written as words is there to be seen.
    const isDay = before === undefined || before.$date !== undefined;
    const input = make('input', isDay ? { type: 'date' } : { type: 'text' });
    input.value = before?.$date ?? before ?? '';
    input.addEventListener('input', () => {
      const { value } = input;
      if (isDay) set(value ? { $date: value } : null);
      else set(/^\d{4}$/.test(value) ? Number(value) : value);
    });
    return this.frame(field, way, input);
  }

  dayOrWords(field, way, before, set) {
    const isDay = before?.$date !== undefined;
    const kind = make('select', { 'aria-label': `${field.label}: en dato eller ord` },
      make('option', { value: 'ord', text: 'Med ord' }), make('option', { value: 'dato', text: 'En dato' }));
    const input = make('input', { id: freshId(), type: isDay ? 'date' : 'text' });
    kind.value = isDay ? 'dato' : 'ord';
    input.value = before?.$date ?? before ?? '';
    kind.addEventListener('change', () => {
      input.type = kind.value === 'dato' ? 'date' : 'text';
      input.value = '';
      set(null);
    });
    input.addEventListener('input', () => set(!input.value ? null : kind.value === 'dato' ? { $date: input.value } : input.value));
    const framed = this.frame(field, way, input);
    const pair = make('div', { class: 'pair' });
    input.replaceWith(pair);
    pair.append(kind, input);
    return framed;
  }

  /** All fields of a table. */
  all(form, table, way) {
    return form.fields.map((field) => this.one(field, table, way));
  }

  table(field, table, way) {
    const box = make('div', { class: 'inner' });
    const draw = (focus) => {
      if (table[field.key] === undefined) {
        box.replaceChildren(make('button', { type: 'button', class: 'button quiet small', text: `Tilføj ${lowered(field.label)}`, onclick: () => { table[field.key] = {}; this.host.changed(); draw(true); } }));
        return;
      }
      box.replaceChildren(...this.all(field.form, table[field.key], way),
        make('button', { type: 'button', class: 'button quiet small', text: `Fjern ${lowered(field.label)}`, onclick: () => { delete table[field.key]; this.host.changed(); draw(true); } }));
      if (focus) box.querySelector('input, textarea, select')?.focus();
    };
    draw();
    return this.frame(field, way, box, { group: true });
  }

  /** Up, down and away for a row. */
  ways(count, at, name, act) {
    const way = (text, label, step, off) => make('button', {
      type: 'button', class: 'tool', text, 'aria-label': `${label}: ${name}`, title: label, disabled: off, onclick: () => act(step),
    });
    return make('div', { class: 'row-ways' },
      way('↑', 'Flyt op', -1, at === 0), way('↓', 'Flyt ned', 1, at === count - 1), way('Slet', 'Slet', 0, false));
  }

  rows(field, table, way) {
    const { key } = field;
    const form = field.entry === 'again' ? this.host.form() : field.form;
    const box = make('div', { class: 'rows' });
    const list = () => (Array.isArray(table[key]) ? table[key] : []);
    const act = (at, step) => {
      const now = list();
      if (step === 0) now.splice(at, 1);
      else { const [one] = now.splice(at, 1); now.splice(at + step, 0, one); }
      if (now.length) table[key] = now; else delete table[key];
      this.host.changed();
      draw(Math.max(0, step === 0 ? at - 1 : at + step));
    };
    const draw = (focus) => {
      const rows = list().map((row, at) => {
        const own = [...way, at];
        const name = rowName(field, row, at);
        const body = field.entry === 'again' ? this.host.section(row, own) : this.all(form, row, own);
        const group = make('fieldset', { class: 'row' }, make('legend', { text: name, tabindex: '-1' }),
          make('ul', { class: 'found', role: 'list' }), ...body, this.ways(list().length, at, `${field.label} ${at + 1}`, (step) => act(at, step)));
        group.dataset.way = JSON.stringify(own);
        return group;
      });
      const add = make('button', { type: 'button', class: 'button quiet small', text: `Tilføj ${lowered(field.entry === 'again' ? 'underafsnit' : field.label)}`, onclick: () => { table[key] = [...list(), {}]; this.host.changed(); draw('new'); } });
      box.replaceChildren(...rows, add);
      if (focus === 'new') rows[rows.length - 1]?.querySelector('input, textarea, select')?.focus();
      else if (focus !== undefined) (rows[focus]?.querySelector('legend') ?? add).focus();
    };
    draw();
    const named = field.entry === 'again' ? { ...field, label: 'Underafsnit' } : field;
    return this.frame(named, way, box, { group: true });
  }

  names(field, table, way) {
    const { key } = field;
    const box = make('div', { class: 'rows' });
    const draw = (focus) => {
      const names = Object.keys(table[key] ?? {});
      box.replaceChildren(...names.map((name) => {
        const input = make('input', { type: 'text', id: freshId() });
        input.value = table[key][name];
        input.addEventListener('input', () => { table[key][name] = input.value; this.host.changed(); });
        const row = make('div', { class: 'row name' }, make('label', { for: input.id, text: name }), input,
          make('button', { type: 'button', class: 'tool', text: 'Slet', 'aria-label': `Slet: ${name}`, onclick: () => { delete table[key][name]; if (!Object.keys(table[key]).length) delete table[key]; this.host.changed(); draw(); } }));
        row.dataset.way = JSON.stringify([...way, name]);
        return row;
      }));
      const fresh = make('input', { type: 'text', id: freshId(), pattern: '[a-z0-9_-]+' });
      const add = make('button', { type: 'button', class: 'button quiet small', text: 'Tilføj', onclick: () => {
        const name = fresh.value.trim().toLowerCase().replace(/æ/g, 'ae').replace(/ø/g, 'oe').replace(/å/g, 'aa').replace(/[^a-z0-9_-]+/g, '_');
        if (!name) return;
        table[key] = { ...table[key], [name]: table[key]?.[name] ?? '' };
        this.host.changed();
        draw(name);
      } });
      box.append(make('div', { class: 'row name' }, make('label', { for: fresh.id, text: 'Nyt navn' }), fresh, add));
      if (focus) box.querySelectorAll('.row.name input')[Object.keys(table[key]).indexOf(focus)]?.focus();
    };
    draw();
    return this.frame(field, way, box, { group: true });
  }
}
