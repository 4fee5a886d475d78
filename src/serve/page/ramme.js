// The frame around a protocol's page: which protocol is shown, what was found in it, and that it follows the files.
// The page itself is the one that `build` makes; it is put in place of the former one without moving what is read.

import { byId, counted, make, memory, say } from './vaerktoej.js';
import * as write from './skriv.js';

const view = byId('vindue');
const choice = byId('protokol');
const panel = byId('fund');
const panelButton = byId('fund-knap');

/** Which protocol is shown; empty for the area's page. */
let slug = null;
/** Which edition of it, for some of the readers; empty for the whole. */
let readers = '';
/** How everything stands, as the server said last. */
let state = { protocols: [], findings: [] };
/** The edition of the page that is shown, and the run of the server that made it. */
let shown = { edition: null, run: null };

function address(of) {
  const way = [of, of && readers].filter(Boolean).map((part) => `${encodeURIComponent(part)}/`);
  return `/sider/${way.join('')}index.html`;
}

/** Which protocol, and which edition of it, an address of a page is of; null for anything else. */
function pageOf(path) {
  const found = /^\/sider\/(?:([^/]+)\/)?(?:([^/]+)\/)?index\.html$/.exec(path);
  return found && { of: decodeURIComponent(found[1] ?? ''), to: decodeURIComponent(found[2] ?? '') };
}

// The place somebody reads at.

/** The last anchor above the upper edge, and how far it is away. */
function placeIn(page) {
  const { document: doc, scrollY } = page;
  let place = { id: null, top: -scrollY };
  for (const element of doc.querySelectorAll('main [id]')) {
    const { top } = element.getBoundingClientRect();
    if (top > 40) break;
    place = { id: element.id, top };
  }
  return place;
}

function goTo(page, place) {
  const element = place.id && page.document.getElementById(place.id);
  const now = element ? element.getBoundingClientRect().top : -page.scrollY;
  page.scrollBy({ top: now - place.top, behavior: 'instant' });
}

/** Puts a page in place of the one that is shown. */
function put(html) {
  const page = view.contentWindow;
  const doc = page.document;
  if (doc.URL === 'about:blank') {
    // The frame has no page yet, and so none of the page's rules for what it may load.
    view.addEventListener('load', () => put(html), { once: true });
    return;
  }
  // The page's own parser, so that the page's own rules hold for what it may load.
  const next = new page.DOMParser().parseFromString(html, 'text/html');
  const place = placeIn(page);
  const open = [...doc.querySelectorAll('details')].map((one) => one.open);
  next.querySelectorAll('details').forEach((one, at) => { one.open = open[at] ?? one.open; });
  const styles = (of) => [...of.head.querySelectorAll('style')].map((one) => one.textContent).join('\n');
  if (styles(doc) !== styles(next)) {
    doc.head.querySelectorAll('style').forEach((one) => one.remove());
    doc.head.append(...[...next.head.querySelectorAll('style')].map((one) => doc.importNode(one, true)));
  }
  doc.title = next.title;
  doc.body.replaceWith(doc.importNode(next.body, true));
  prepare(doc);
  mark();
  goTo(page, place);
}

/** Leads what is no page out of the frame. */
function prepare(doc) {
  for (const link of doc.querySelectorAll('a[href]')) {
    const to = new URL(link.href, doc.baseURI);
    const inside = to.origin === location.origin && pageOf(to.pathname) !== null;
    if (!inside && to.protocol.startsWith('http')) {
      link.target = '_blank';
      link.rel = 'noopener';
    }
  }
}

/** Puts a button beside every part that can be written in. */
function mark() {
  const doc = view.contentDocument;
  if (!doc?.body) return;
  doc.querySelectorAll('[data-rusprot]').forEach((one) => one.remove());
  for (const { anchor, heading, path, way } of write.marks()) {
    const element = doc.getElementById(anchor);
    if (!element) continue;
    const button = doc.createElement('button');
    button.type = 'button';
    button.dataset.rusprot = 'ret';
    button.textContent = 'Ret';
    button.setAttribute('aria-label', `Ret »${heading}«`);
    Object.assign(button.style, {
      font: 'inherit', fontSize: '1rem', fontWeight: '600', color: '#004d99', background: '#fff', border: '1px solid #004d99',
      borderRadius: '4px', padding: '.125rem .75rem', minHeight: '2.25rem', margin: '0 0 .5rem', cursor: 'pointer', display: 'inline-block',
    });
    button.addEventListener('click', () => write.openFile(path, { way: way.length ? way : null }));
    element.after(button);
  }
}

/** The common text of a part, as it stands on the page. */
function obligatory(anchor) {
  let element = view.contentDocument?.getElementById(anchor);
  while (element && !element.matches?.('.obligatory')) {
    element = element.nextElementSibling;
    if (element?.matches('h1, h2, h3, h4, h5, h6')) return null;
  }
  if (!element) return null;
  const copies = [...element.children].filter((one) => !one.matches('.label')).map((one) => document.importNode(one, true));
  copies.forEach((copy) => [copy, ...copy.querySelectorAll('*')].forEach((one) => { one.removeAttribute('style'); one.removeAttribute('id'); one.removeAttribute('href'); }));
  return copies;
}

async function fetchPage(of, edition) {
  const from = address(of);
  const isShown = () => of === slug && from === address(of);
  const reply = await fetch(from);
  if (!reply.ok || !isShown()) return;
  const html = await reply.text();
  if (!isShown()) return;
  if (!write.holdsPage()) put(html);
  shown.edition = Number(reply.headers.get('x-rusprot-edition') ?? edition);
  document.documentElement.dataset.edition = String(shown.edition);
}

// What was found.

function findingItem(finding) {
  const error = finding.level === 'error';
  const show = finding.anchor && make('button', {
    type: 'button', class: 'button quiet small', text: 'Vis på siden', onclick: () => showPlace(finding.anchor),
  });
  const lines = finding.lines.map(([number, text]) => make('span', {
    class: number === finding.line ? 'here' : null, text: `${String(number).padStart(4)}  ${text}\n`,
  }));
  const place = write.marks().find((one) => one.path === finding.path);
  const mend = place && make('button', {
    type: 'button', class: 'button quiet small', text: 'Ret', 'aria-label': `Ret: ${finding.message}`, onclick: () => write.openFile(finding.path),
  });
  const source = make('details', {},
    make('summary', { text: `${finding.path}, linje ${finding.line}` }),
    lines.length ? make('pre', { tabindex: '0', 'aria-label': 'Linjerne i filen' }, ...lines) : null);
  return make('li', { class: `finding ${error ? 'error' : 'warning'}` },
    make('p', { class: 'level' }, error ? 'Fejl ' : 'Advarsel ',
      make('span', { class: 'code', text: `${finding.code} ${finding.rule}` })),
    make('p', { text: finding.message }),
    finding.help && make('p', { class: 'help', text: finding.help }),
    make('div', { class: 'ways' }, mend, show, source));
}

/** "2 fejl og 3 advarsler". */
function told(findings) {
  const errors = findings.filter((one) => one.level === 'error').length;
  const warnings = findings.length - errors;
  if (!findings.length) return 'Ingen fejl';
  return [errors && counted(errors, 'fejl', 'fejl'), warnings && counted(warnings, 'advarsel', 'advarsler')]
    .filter(Boolean).join(' og ');
}

let listed = '';
function showFindings() {
  const { findings } = state;
  panelButton.textContent = findings.length ? `Fund: ${told(findings)}` : 'Ingen fejl';
  byId('fund-antal').textContent = findings.length ? `${told(findings)}.` : 'Der er intet at rette.';
  const now = JSON.stringify([findings, write.marks().length]);
  // A list that did not change keeps its place and what is folded out in it.
  if (now === listed) return;
  listed = now;
  byId('fund-liste').replaceChildren(...findings.map(findingItem));
}

function showPlace(anchor) {
  const doc = view.contentDocument;
  const element = doc?.getElementById(anchor);
  if (!element) return;
  element.tabIndex = -1;
  element.scrollIntoView({ block: 'start' });
  element.focus({ preventScroll: true });
  element.style.outline = '3px solid #0a66c2';
  element.style.outlineOffset = '4px';
  setTimeout(() => { element.style.outline = ''; element.style.outlineOffset = ''; }, 2500);
}

function openPanel(open, focus) {
  panel.hidden = !open;
  panelButton.setAttribute('aria-expanded', String(open));
  memory.set('rusprot:fund', open ? 'ja' : 'nej');
  if (open && focus) byId('fund-titel').focus();
}

// How everything stands.

function showChoice() {
  const { protocols } = state;
  const options = protocols.flatMap((one) => [
    make('option', { value: one.slug, text: one.errors ? `${one.name} (${counted(one.errors, 'fejl', 'fejl')})` : one.name }),
    ...one.editions.map(({ id, name }) => make('option', { value: `${one.slug}/${id}`, text: `${one.name}: ${name}` })),
  ]);
  options.unshift(make('option', { value: '', text: `Alle: ${state.area || 'området'}` }));
  choice.replaceChildren(...options);
  showChosen();
  choice.form.hidden = protocols.length < 1;
}

/** The list says what is shown. An edition that has gone from the files is none of it. */
function showChosen() {
  choice.value = [slug, readers].filter(Boolean).join('/');
}

function showBanner() {
  const own = state.protocols.find((one) => one.slug === slug);
  const texts = {
    former: 'En fil kan ikke læses lige nu. Siden viser den sidste udgave, hvor alt kunne læses. Se under Fund, hvad der skal rettes.',
    partial: 'En fil kan ikke læses, så noget af siden mangler. Se under Fund, hvad der skal rettes.',
  };
  const text = state.problem
    ? `Siden kan ikke laves om lige nu: ${state.problem}`
    : texts[own?.page] ?? '';
  const banner = byId('banner');
  banner.hidden = !text;
  if (banner.textContent !== text) banner.textContent = text;
}

async function fetchState() {
  const reply = await fetch(`/api/state?protokol=${encodeURIComponent(slug ?? '')}`);
  if (!reply.ok) return;
  state = await reply.json();
  if (slug === null) {
    const asked = new URLSearchParams(location.search);
    const known = state.protocols.find((one) => one.slug === asked.get('protokol'));
    const edition = known?.editions.find((one) => one.id === asked.get('udgave'));
    show(known ? known.slug : state.protocols.length === 1 ? state.protocols[0].slug : '', edition?.id);
    return;
  }
  showChoice();
  showFindings();
  showBanner();
  const own = state.protocols.find((one) => one.slug === slug);
  byId('pdf').hidden = !own;
  showPdf();
  write.state({ edit: state.edit, repository: state.repository, slug });
  document.title = `${own?.name ?? state.area} – forhåndsvisning`;
  document.documentElement.dataset.version = String(state.version);
}

/** The PDF of what is shown: of the whole, or of an edition. */
function showPdf() {
  if (slug) byId('pdf').href = address(slug).replace(/index\.html$/, 'protokol.pdf');
}

/** The address of the frame is one of what it shows, so that it can be opened again. */
function showAddress() {
  const asked = [['protokol', slug], ['udgave', slug && readers]].filter(([, word]) => word);
  history.replaceState(null, '', asked.length ? `?${new URLSearchParams(asked)}` : '/');
}

/** Shows another protocol, an edition of one, or the area's page. */
function show(of, edition = '') {
  slug = of;
  readers = edition;
  shown.edition = null;
  showAddress();
  view.src = address(of);
  fetchState().then(() => write.filesChanged()).catch(() => {});
}

view.addEventListener('load', () => {
  const doc = view.contentDocument;
  const page = doc && pageOf(view.contentWindow.location.pathname);
  if (!page) return;
  const { of: at, to } = page;
  readers = to;
  prepare(doc);
  mark();
  const isOther = at !== slug;
  slug = at;
  showAddress();
  showChosen();
  showPdf();
  if (isOther) {
    shown.edition = null;
    fetchState();
  }
});

choice.addEventListener('change', () => show(...choice.value.split('/')));
choice.form.addEventListener('submit', (event) => event.preventDefault());
panelButton.addEventListener('click', () => openPanel(panel.hidden, true));
panel.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') { openPanel(false); panelButton.focus(); }
});

// What the server tells.

let fetching = Promise.resolve();
function follow() {
  const events = new EventSource('/api/events');
  const link = byId('forbindelse');
  events.onopen = () => {
    link.textContent = 'Følger med i filerne';
    link.classList.remove('gone');
    fetching = fetching.then(fetchState).catch(() => {});
  };
  events.onmessage = ({ data }) => {
    const { version, pages, run } = JSON.parse(data);
    const edition = pages[slug];
    const anew = run !== shown.run;
    shown.run = run;
    fetching = fetching.then(async () => {
      if (slug !== null && (anew || !slug || (edition !== undefined && edition !== shown.edition))) {
        await fetchPage(slug, edition);
      }
      if (version !== state.version || anew) {
        await fetchState();
        if (!write.holdsPage()) say(`Siden er opdateret. ${told(state.findings)}.`);
        await write.filesChanged();
      }
    }).catch(() => {});
  };
  events.onerror = () => {
    link.textContent = 'Programmet svarer ikke. Siden er den sidste, der kom.';
    link.classList.add('gone');
    // A connection that was refused is not tried again by the browser itself.
    if (events.readyState === EventSource.CLOSED) setTimeout(follow, 1500);
    else return;
    events.close();
  };
}

write.begin({
  put,
  obligatory,
  marks: mark,
  place: (anchor) => anchor && view.contentDocument?.getElementById(anchor)?.scrollIntoView({ block: 'start' }),
  refresh: () => slug !== null && fetchPage(slug, shown.edition).then(fetchState).catch(() => {}),
});
openPanel(memory.get('rusprot:fund') === 'ja', false);
follow();
fetchState().catch(() => {});
