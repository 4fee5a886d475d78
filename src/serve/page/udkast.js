// What is written and not saved: how it differs from the file, and the browser's memory of it.

import { memory } from './vaerktoej.js';

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
const isDay = (value) => isObject(value) && '$date' in value;
const isTable = (value) => isObject(value) && !isDay(value);
const isRows = (value) => Array.isArray(value) && value.some(isTable);

/** The values of a file to write in: each row remembers which one it was. */
export function writable(value) {
  if (Array.isArray(value)) {
    return value.map((one, at) => (isTable(one) ? { $from: at, ...writable(one) } : writable(one)));
  }
  if (isTable(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, writable(one)]));
  }
  return value;
}

/** The same without that memory. */
export function plain(value) {
  if (Array.isArray(value)) return value.map(plain);
  if (isTable(value)) {
    return Object.fromEntries(Object.entries(value).filter(([key]) => key[0] !== '$').map(([key, one]) => [key, plain(one)]));
  }
  return value;
}

const words = (value) => (typeof value === 'string' ? value.trim() : value);

/** Whether two values say the same. */
export function same(one, other) {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((value, at) => same(value, other[at]));
  }
  if (isObject(one) && isObject(other)) {
    const keys = (of) => Object.keys(of).filter((key) => key === '$date' || key[0] !== '$');
    const all = new Set([...keys(one), ...keys(other)]);
    return [...all].every((key) => same(one[key], other[key]));
  }
  return words(one) === words(other);
}

/** Whether rows are those that were there, in their order. */
function inPlace(before, rows) {
  return before.length === rows.length && rows.every((row, at) => row.$from === at);
}

function changedValue(before, now) {
  if (isRows(now)) {
    return now.map((row) => {
      const former = Array.isArray(before) ? before[row.$from] : undefined;
      return isTable(former) ? { $from: row.$from, ...changed(former, row) } : plain(row);
    });
  }
  if (isTable(now) && isTable(before)) return changed(before, now);
  return plain(now);
}

/** The keys of a table that changed, as the server takes them; `null` where one is gone. */
export function changed(before, now) {
  const changes = {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(now)])) {
    if (key[0] === '$') continue;
    const [one, other] = [before[key], now[key]];
    if (other === undefined || (Array.isArray(other) && other.length === 0)) {
      if (one !== undefined && !(Array.isArray(one) && one.length === 0)) changes[key] = null;
    } else if (!same(one, other) || (isRows(other) && Array.isArray(one) && !inPlace(one, other))) {
      changes[key] = changedValue(one, other);
    }
  }
  return changes;
}

/** What two people made of the same file: keys that both changed, and the rest put together. */
export function merged(base, mine, theirs) {
  const both = [];
  const result = writable(theirs);
  for (const key of new Set([...Object.keys(mine), ...Object.keys(base)])) {
    if (key[0] === '$' || same(base[key], mine[key])) continue;
    if (!same(base[key], theirs[key]) && !same(mine[key], theirs[key])) both.push(key);
    else if (!same(mine[key], theirs[key])) put(result, key, mine[key], theirs[key]);
  }
  return { result, both };
}

/** Puts a value of mine into what the file holds now; rows that are there as well are known again. */
export function put(result, key, value, theirs) {
  if (value === undefined) {
    delete result[key];
    return;
  }
  const known = (row) => {
    const at = Array.isArray(theirs) ? theirs.findIndex((one) => same(one, row)) : -1;
    return at < 0 ? plain(row) : { $from: at, ...writable(plain(row)) };
  };
  result[key] = isRows(value) ? value.map(known) : isTable(value) ? plain(value) : value;
}

// The browser's memory. Two tabs may write in one file, so each keeps its own.

const tab = (() => {
  try {
    const known = sessionStorage.getItem('rusprot:fane');
    // A tab that was doubled brings the memory of the other with it.
    const taken = known && Date.now() - Number(memory.get(`rusprot:liv:${known}`) ?? 0) < 6000
      && performance.getEntriesByType('navigation')[0]?.type === 'navigate';
    const own = known && !taken ? known : Math.random().toString(36).slice(2);
    sessionStorage.setItem('rusprot:fane', own);
    return own;
  } catch { return 'fane'; }
})();
const live = () => memory.set(`rusprot:liv:${tab}`, String(Date.now()));
live();
setInterval(live, 2000);
addEventListener('pagehide', () => memory.remove(`rusprot:liv:${tab}`));

const isAlive = (other) => Date.now() - Number(memory.get(`rusprot:liv:${other}`) ?? 0) < 6000;
const prefix = (repository, path) => `rusprot:udkast:${repository}:${path}:`;

/** Keeps what is written; says whether the browser could. */
export const keep = (repository, path, draft) => memory.set(
  prefix(repository, path) + tab, JSON.stringify({ ...draft, when: Date.now() }),
);

/** Forgets it. */
export function forget(repository, path) {
  memory.remove(prefix(repository, path) + tab);
}

function keys() {
  try { return Object.keys(localStorage); } catch { return []; }
}

/** What was written in a file and not saved: by this tab, or by one that is gone. */
export function kept(repository, path) {
  const start = prefix(repository, path);
  const found = keys().filter((key) => key.startsWith(start)).map((key) => {
    const whose = key.slice(start.length);
    try { return { key, whose, ...JSON.parse(memory.get(key)) }; } catch { return null; }
  });
  const mine = found.filter((one) => one && (one.whose === tab || !isAlive(one.whose)));
  mine.sort((one, other) => (other.whose === tab) - (one.whose === tab) || other.when - one.when);
  return mine[0] ?? null;
}

/** Takes over what another tab left. */
export function takeOver(repository, path, draft) {
  keep(repository, path, draft);
  if (draft.key !== prefix(repository, path) + tab) memory.remove(draft.key);
}

/** Whether another tab that is open writes in the same file. */
export const isOpenElsewhere = (repository, path) => {
  const start = prefix(repository, path);
  return keys().some((key) => key.startsWith(start) && key !== start + tab && isAlive(key.slice(start.length)));
};

/** The files of a repository with something that is not saved. */
export const unsaved = (repository) => {
  const start = `rusprot:udkast:${repository}:`;
  const paths = keys().filter((key) => key.startsWith(start)).map((key) => key.slice(start.length, key.lastIndexOf(':')));
  return new Set(paths);
};
