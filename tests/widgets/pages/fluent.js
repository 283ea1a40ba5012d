import { provideFluentDesignSystem, allComponents } from '@fluentui/web-components';

provideFluentDesignSystem().register(allComponents);
const at = (id) => document.getElementById(id);
for (const id of ['name', 'notes', 'amount', 'size', 'fruit', 'volume', 'days']) at(id).addEventListener('change', () => log(id, at(id).value));
for (const id of ['terms', 'wifi']) at(id).addEventListener('change', () => log(id, at(id).checked));
at('tree').addEventListener('selected-change', (event) => { if (event.target.selected) log('tree', event.target.firstChild.textContent.trim()); });
at('save').addEventListener('click', () => log('saved'));
