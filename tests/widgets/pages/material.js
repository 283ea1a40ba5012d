import '@material/web/all.js';

const at = (id) => document.getElementById(id);
for (const id of ['name', 'notes', 'mail', 'size', 'volume']) at(id).addEventListener('change', () => log(id, at(id).value));
for (const id of ['terms', 'card', 'cash']) at(id).addEventListener('change', () => log(id, at(id).checked));
at('wifi').addEventListener('change', () => log('wifi', at('wifi').selected));
at('anchor').addEventListener('click', () => { at('menu').open = !at('menu').open; });
at('copy').addEventListener('click', () => log('menu copy'));
at('mail2').addEventListener('click', () => log('menu mail'));
at('tabs').addEventListener('change', () => log('tab', at('tabs').activeTabIndex));
at('chip').addEventListener('click', () => setTimeout(() => log('chip', at('chip').selected)));
at('open').addEventListener('click', () => at('dialog').show());
at('dialog').addEventListener('closed', () => log('dialog', at('dialog').returnValue));
