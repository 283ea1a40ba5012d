import '@vaadin/combo-box';
import '@vaadin/multi-select-combo-box';
import '@vaadin/select';
import '@vaadin/date-picker';
import '@vaadin/menu-bar';
import '@vaadin/upload';

const at = (id) => document.getElementById(id);
const numbered = (word, n) => Array.from({ length: n }, (_, i) => `${word} ${i + 1}`);
at('country').items = ['Austria', 'Belgium', 'Chile', 'Denmark', 'Estonia', 'Finland', ...numbered('Island', 300)];
const cities = numbered('City', 2000);
at('lazy').dataProvider = ({ page, pageSize, filter }, callback) => setTimeout(() => {
  const found = cities.filter((name) => name.toLowerCase().includes(filter.toLowerCase()));
  callback(found.slice(page * pageSize, (page + 1) * pageSize), found.length);
}, 150);
at('langs').items = ['Czech', 'Dutch', 'English', 'French', 'German'];
at('size').items = [{ label: 'Small', value: 's' }, { label: 'Medium', value: 'm' }, { label: 'Large', value: 'l' }];
at('bar').items = [{ text: 'View' }, { text: 'File', children: [{ text: 'New' }, { text: 'Export', children: [{ text: 'PDF' }, { text: 'CSV' }] }] }];
for (const id of ['country', 'lazy', 'size', 'born']) at(id).addEventListener('value-changed', () => log(id, at(id).value));
at('langs').addEventListener('selected-items-changed', () => log('langs', at('langs').selectedItems.join()));
at('bar').addEventListener('item-selected', (event) => log('menu', event.detail.value.text));
at('upload').addEventListener('files-changed', () => log('upload', at('upload').files.map((f) => f.name).join()));
