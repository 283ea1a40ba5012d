import { createRoot } from 'react-dom/client';
import Select from 'react-select';
import Async from 'react-select/async';
import Creatable from 'react-select/creatable';
import { useCombobox, useSelect } from 'downshift';
import { useState } from 'react';

const options = (words) => words.map((label) => ({ label, value: label.toLowerCase() }));
const COLOURS = options(['Red', 'Green', 'Blue', 'Yellow']);
const BOOKS = ['Emma', 'Ulysses', 'Dracula', 'Walden'];
const later = (text) => new Promise((done) => setTimeout(() => done(options(['Oslo', 'Lima', 'Rome'].filter((n) => n.toLowerCase().includes(text.toLowerCase())))), 200));

function Book() {
  const [items, setItems] = useState(BOOKS);
  const c = useCombobox({ items, onInputValueChange: ({ inputValue }) => setItems(BOOKS.filter((b) => b.toLowerCase().includes(inputValue.toLowerCase()))), onSelectedItemChange: ({ selectedItem }) => log('book', selectedItem) });
  return (
    <div className="field"><label {...c.getLabelProps()}>Book</label><input {...c.getInputProps()} />
      <ul className="options" {...c.getMenuProps()}>{c.isOpen && items.map((item, index) => <li key={item} {...c.getItemProps({ item, index })}>{item}</li>)}</ul></div>
  );
}
function Shelf() {
  const s = useSelect({ items: BOOKS, onSelectedItemChange: ({ selectedItem }) => log('shelf', selectedItem) });
  return (
    <div className="field"><label {...s.getLabelProps()}>Shelf</label><div style={{ border: '1px solid #999' }} {...s.getToggleButtonProps()}>{s.selectedItem ?? 'Choose'}</div>
      <ul className="options" {...s.getMenuProps()}>{s.isOpen && BOOKS.map((item, index) => <li key={item} {...s.getItemProps({ item, index })}>{item}</li>)}</ul></div>
  );
}
createRoot(document.getElementById('root')).render(
  <>
    <div className="field"><label htmlFor="colour">Colour</label><Select inputId="colour" options={COLOURS} onChange={(v) => log('colour', v?.value)} /></div>
    <div className="field"><label htmlFor="many">Colours</label><Select inputId="many" isMulti options={COLOURS} onChange={(v) => log('many', v.map((o) => o.value).join())} /></div>
    <div className="field"><label htmlFor="city">City</label><Async inputId="city" loadOptions={later} onChange={(v) => log('city', v?.value)} /></div>
    <div className="field"><label htmlFor="tag">Tag</label><Creatable inputId="tag" menuPortalTarget={document.body} options={COLOURS} onChange={(v) => log('tag', v?.value)} /></div>
    <Book /><Shelf />
  </>,
);
