import '@vaadin/grid/all-imports.js';
import '@vaadin/virtual-list';

const at = (id) => document.getElementById(id);
const numbered = (word, n) => Array.from({ length: n }, (_, i) => `${word} ${i + 1}`);
at('grid').items = Array.from({ length: 1000 }, (_, i) => ({ name: `Person ${i + 1}`, mail: `p${i + 1}@example.org` }));
at('list').items = numbered('Item', 5000);
at('list').renderer = (root, _, { item }) => { root.innerHTML = `<button>${item}</button>`; };
at('list').addEventListener('click', (event) => log('item', event.target.textContent));
at('grid').addEventListener('selected-items-changed', () => log('grid', at('grid').selectedItems.map((p) => p.name).join()));
