import '@shoelace-style/shoelace/dist/components/button/button.js';
import '@material/web/button/filled-button.js';
import { fluentAnchor, provideFluentDesignSystem } from '@fluentui/web-components';
import { AllCommunityModule, createGrid, ModuleRegistry } from 'ag-grid-community';

provideFluentDesignSystem().register(fluentAnchor());
ModuleRegistry.registerModules([AllCommunityModule]);
const grid = createGrid(document.getElementById('grid'), { rowData: [{ name: 'Ann', age: 30 }, { name: 'Bob', age: 40 }], columnDefs: [{ field: 'name' }, { field: 'age' }] });
document.getElementById('csv').onclick = () => grid.exportDataAsCsv({ fileName: 'people.csv' });
