// What the page of a protocol does beyond being read: it marks where the reader is in the contents and keeps that in
// view, searches, and gives each heading a link to copy. Nothing is lost without it.
(() => {
  const nav = document.querySelector('.contents');
  const main = document.querySelector('main');
  if (!nav || !main) return;
  const make = (name, settings) => Object.assign(document.createElement(name), settings);
  const plain = (text) => text.replaceAll('\u00ad', '').replace(/\s+/g, ' ').toLowerCase();

  const links = new Map();
  for (const link of nav.querySelectorAll('ol a')) links.set(decodeURIComponent(link.hash.slice(1)), link);
  const headings = [...main.querySelectorAll('h2[id], h3[id], h4[id], h5[id], h6[id]')];
  const listed = headings.filter((heading) => links.has(heading.id));

  // Where the reader is.
  let current = null;
  let opened = null;
  const mark = () => {
    const passed = listed.filter((heading) => heading.getBoundingClientRect().top < 120);
    const link = passed.length > 0 ? links.get(passed.at(-1).id) : null;
    if (link === current) return;
    current?.removeAttribute('aria-current');
    current = link;
    if (!link) return;
    link.setAttribute('aria-current', 'true');
    const chapter = link.closest('ol[role] > li > .chapter') ?? link.parentElement.querySelector('.chapter');
    if (opened && opened !== chapter) opened.open = false;
    opened = null;
    if (chapter && !chapter.open) {
      chapter.open = true;
      opened = chapter;
    }
    if (getComputedStyle(nav).position !== 'sticky') return;
    const [frame, at] = [nav.getBoundingClientRect(), link.getBoundingClientRect()];
    if (at.top < frame.top + 60 || at.bottom > frame.bottom - 60) nav.scrollTop += at.top - frame.top - frame.height / 3;
  };
  let waiting = false;
  addEventListener('scroll', () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      mark();
    });
  }, { passive: true });
  mark();

  // A link at each heading. The contents have the same for the keyboard.
  const told = make('p', { className: 'unseen' });
  told.setAttribute('role', 'status');
  main.append(told);
  for (const heading of headings) {
    const words = heading.textContent.trim();
    const link = make('a', { className: 'here', href: `#${encodeURIComponent(heading.id)}`, textContent: '#', tabIndex: -1, title: 'Kopiér linket' });
    link.setAttribute('aria-label', `Link til »${words}«`);
    link.addEventListener('click', () => {
      navigator.clipboard?.writeText(link.href).then(() => {
        link.textContent = '# kopieret';
        told.textContent = 'Linket er kopieret';
        setTimeout(() => { link.textContent = '#'; }, 2000);
      }, () => {});
    });
    heading.append(' ', link);
  }

  // Search: the contents show the parts that have the words, and the words are marked.
  const texts = new Map();
  const nodes = [];
  const walk = document.createTreeWalker(main, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  let part = '';
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) {
      if (node.parentElement.closest('.here, svg, .unseen')) continue;
      texts.set(part, (texts.get(part) ?? '') + node.data);
      nodes.push(node);
    } else if (links.has(node.id)) part = node.id;
  }
  for (const [id, text] of texts) texts.set(id, plain(text));
  const search = make('div', { className: 'search' });
  search.setAttribute('role', 'search');
  const field = make('input', { type: 'search', id: '_soeg', autocomplete: 'off' });
  const label = make('label', { htmlFor: '_soeg', textContent: 'Søg på siden' });
  const found = make('p', {});
  found.setAttribute('role', 'status');
  search.append(label, field, found);
  nav.prepend(search);
  const folds = [...nav.querySelectorAll('details')];
  const before = new Map();
  const first = () => [...links].find(([, link]) => !link.parentElement.hidden && link.dataset.found);
  const look = () => {
    const words = plain(field.value.trim());
    const asks = words.length > 1;
    if (asks && before.size === 0) for (const fold of folds) before.set(fold, fold.open);
    for (const fold of folds) fold.open = asks || (before.get(fold) ?? fold.open);
    if (!asks) before.clear();
    let count = 0;
    for (const [id, link] of links) {
      const has = asks && (texts.get(id) ?? '').includes(words);
      link.toggleAttribute('data-found', has);
      count += has ? 1 : 0;
    }
    for (const [, link] of links) {
      const item = link.closest('li');
      item.hidden = asks && !item.querySelector('[data-found]');
    }
    found.textContent = !asks ? '' : count === 0 ? 'Ordet står ikke på siden.' : `Står i ${count} afsnit.`;
    if (!globalThis.Highlight) return;
    const ranges = [];
    for (const node of asks ? nodes : []) {
      const text = node.data.replaceAll('\u00a0', ' ').toLowerCase();
      for (let at = text.indexOf(words); at >= 0 && ranges.length < 500; at = text.indexOf(words, at + words.length)) {
        const range = new Range();
        range.setStart(node, at);
        range.setEnd(node, at + words.length);
        ranges.push(range);
      }
    }
    CSS.highlights.set('fundet', new Highlight(...ranges));
  };
  let typing = 0;
  field.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(look, 150);
  });
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    clearTimeout(typing);
    look();
    first()?.[1].click();
  });
})();
