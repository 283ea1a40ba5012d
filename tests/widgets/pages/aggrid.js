import { AllCommunityModule, createGrid, ModuleRegistry } from 'ag-grid-community';

ModuleRegistry.registerModules([AllCommunityModule]);
const rowData = Array.from({ length: 5000 }, (_, i) => ({ name: `Person ${i + 1}`, age: 20 + (i % 50), city: ['Oslo', 'Lima', 'Rome'][i % 3] }));
window.grid = createGrid(document.getElementById('grid'), {
  rowData,
  rowDragManaged: true,
  defaultColDef: { sortable: true },
  rowSelection: { mode: 'multiRow' },
  columnDefs: [
    { field: 'name', rowDrag: true, width: 250 },
    { field: 'age', editable: true },
    { field: 'city', editable: true, cellEditor: 'agSelectCellEditor', cellEditorParams: { values: ['Oslo', 'Lima', 'Rome'] } },
  ],
  onCellValueChanged: (e) => log('cell', e.data.name, e.column.getColId(), e.newValue),
  onRowDragEnd: (e) => log('row', e.node.data.name, e.overIndex),
  onSortChanged: () => log('sorted'),
  onSelectionChanged: (e) => log('selected', e.api.getSelectedRows().map((r) => r.name).join()),
  onColumnMoved: (e) => { if (e.finished) log('columns', e.api.getAllDisplayedColumns().map((c) => c.getColId()).join()); },
  onColumnResized: (e) => { if (e.finished && e.source === 'uiColumnResized') log('resized', e.column.getColId(), e.column.getActualWidth()); },
});
