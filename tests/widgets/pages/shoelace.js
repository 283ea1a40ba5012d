import '@shoelace-style/shoelace/dist/shoelace.js';

const at = (id) => document.getElementById(id);
for (const id of ['name', 'born', 'amount', 'notes', 'size', 'tags', 'pay', 'volume', 'stars', 'colour', 'why']) {
  at(id).addEventListener('sl-change', () => log(id, at(id).value));
}
for (const id of ['terms', 'wifi']) at(id).addEventListener('sl-change', () => log(id, at(id).checked));
at('actions').addEventListener('sl-select', (event) => log('menu', event.detail.item.value, event.detail.item.checked));
at('tree').addEventListener('sl-selection-change', (event) => log('tree', event.detail.selection.map((item) => item.textContent.trim()).join()));
at('tabs').addEventListener('sl-tab-show', (event) => log('tab', event.detail.name));
at('more').addEventListener('sl-after-show', () => log('details open'));
at('open').addEventListener('click', () => at('dialog').show());
at('close').addEventListener('click', () => at('dialog').hide());
at('save').addEventListener('click', () => log('saved'));
at('split').addEventListener('sl-reposition', () => log('split', Math.round(at('split').position)));
