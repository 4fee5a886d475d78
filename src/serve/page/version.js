// Handing over: a version in git of what was written, under the name of whoever wrote it.

import { ask, dialog, freshId, make, memory, say } from './vaerktoej.js';
import { labelled } from './tekst.js';

const close = (done, word = 'Luk') => make('button', { type: 'button', class: 'button quiet', text: word, onclick: () => done(null) });

/** Shows what can be handed over, and does it. */
export async function handOver(slug, after) {
  const reply = await ask('handover', { asked: { protokol: slug } });
  const found = reply.data;
  await dialog('Gem version', (body, done, form) => {
    if (!reply.ok || found.hindrance) {
      body.append(make('p', { class: 'pre', text: found.hindrance ?? found.message }),
        make('p', { text: 'Filerne er gemt på denne maskine. Skal andre have dem, så send mappen, eller bed den, der passer jeres git, om at gemme dem.' }),
        make('div', { class: 'dialog-ways' }, close(done)));
      return;
    }
    if (!found.files.length) {
      body.append(make('p', { text: `Alt er med i den nyeste version på grenen ${found.branch}.` }),
        make('div', { class: 'dialog-ways' }, found.remote && sender(found, done, body), close(done)));
      return;
    }
    const written = new Set(found.written);
    const boxes = found.files.map(([path, what]) => {
      const id = freshId();
      const check = make('input', { type: 'checkbox', id, value: path });
      check.checked = written.has(path) || !found.files.some(([one]) => written.has(one));
      return make('div', { class: 'check' }, check, make('label', { for: id, text: `${path.split('/').slice(2).join('/')} (${what})` }));
    });
    const name = make('input', { type: 'text', autocomplete: 'name', required: true });
    const mail = make('input', { type: 'email', autocomplete: 'email', required: true });
    const message = make('textarea', { rows: '2', required: true });
    name.value = memory.get('rusprot:navn') || found.name;
    mail.value = memory.get('rusprot:mail') || found.mail;
    const wrong = make('p', { class: 'wrong', role: 'alert' });
    body.append(
      make('p', {}, 'Gren: ', make('strong', { text: found.branch }), ' · ',
        make('a', { href: `/sider/${encodeURIComponent(slug)}/aendringer.html`, target: '_blank', rel: 'noopener', text: 'Vis ændringer' })),
      make('fieldset', { class: 'field' }, make('legend', { text: 'Filer, der kommer med' }), make('div', { class: 'checks' }, ...boxes)),
      labelled('Hvad har du ændret?', message, 'Med et par ord, for eksempel: Nye regler for besøg.'),
      labelled('Dit navn', name, 'Navn og mail bliver stående i historikken.'), labelled('Din mail', mail), wrong,
      make('div', { class: 'dialog-ways' }, make('button', { type: 'submit', class: 'button', text: 'Gem version' }), close(done, 'Fortryd')));
    form.addEventListener('submit', async () => {
      const files = [...body.querySelectorAll('.checks input:checked')].map((one) => one.value);
      wrong.textContent = '';
      const saved = await ask('commit', { body: { protocol: slug, files, name: name.value, mail: mail.value, message: message.value } });
      if (!saved.ok) { wrong.textContent = saved.data.message; return; }
      memory.set('rusprot:navn', name.value);
      memory.set('rusprot:mail', mail.value);
      say('Versionen er gemt.');
      body.replaceChildren(make('p', { role: 'status', text: `Versionen er gemt på grenen ${found.branch} (${saved.data.id}).` }),
        make('div', { class: 'dialog-ways' }, found.remote && sender(found, done, body), close(done)));
      body.querySelector('button').focus();
      after();
    });
  });
}

/** Sends the branch on, only when somebody asks. */
function sender(found, done, body) {
  return make('button', { type: 'button', class: 'button', text: `Send til ${found.remote}`, onclick: async (event) => {
    event.target.disabled = true;
    const sent = await ask('push', { body: {} });
    const text = sent.ok ? `Sendt: ${sent.data.place}.` : `Ikke sendt. ${sent.data.message}`;
    body.replaceChildren(make('p', { class: 'pre', role: 'status', text }), make('div', { class: 'dialog-ways' }, close(done)));
    body.querySelector('button').focus();
  } });
}
