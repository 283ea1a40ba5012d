import { createRoot } from 'react-dom/client';
import { Autocomplete, Button, Checkbox, Chip, FormControl, FormControlLabel, InputLabel, List, ListItemButton, Menu, MenuItem, Rating, Select, Slider, Stack, Switch, TextField, Tooltip } from '@mui/material';
import { useState } from 'react';

const FILMS = Array.from({ length: 200 }, (_, i) => `Film ${i + 1}`);
const FRUIT = ['Apple', 'Pear', 'Plum', 'Cherry'];

function App() {
  const [size, setSize] = useState('');
  const [many, setMany] = useState([]);
  const [menu, setMenu] = useState(null);
  return (
    <Stack spacing={2} sx={{ width: 500, p: 2 }}>
      <TextField label="Full name" onChange={(e) => log('name', e.target.value)} />
      <TextField label="Notes" multiline minRows={2} onChange={(e) => log('notes', JSON.stringify(e.target.value))} />
      <TextField label="Amount" type="number" onChange={(e) => log('amount', e.target.value)} />
      <FormControl><InputLabel id="size">Size</InputLabel>
        <Select labelId="size" label="Size" value={size} onChange={(e) => { setSize(e.target.value); log('size', e.target.value); }}>
          <MenuItem value="s">Small</MenuItem><MenuItem value="m">Medium</MenuItem><MenuItem value="l">Large</MenuItem>
        </Select></FormControl>
      <FormControl><InputLabel id="many">Colours</InputLabel>
        <Select labelId="many" label="Colours" multiple value={many} onChange={(e) => { setMany(e.target.value); log('many', e.target.value.join()); }}>
          <MenuItem value="red">Red</MenuItem><MenuItem value="green">Green</MenuItem><MenuItem value="blue">Blue</MenuItem>
        </Select></FormControl>
      <Autocomplete options={FILMS} onChange={(_, v) => log('film', v)} renderInput={(params) => <TextField {...params} label="Film" />} />
      <Autocomplete multiple options={FRUIT} onChange={(_, v) => log('fruit', v.join())} renderInput={(params) => <TextField {...params} label="Fruit" />} />
      <FormControlLabel control={<Checkbox onChange={(e) => log('terms', e.target.checked)} />} label="Accept terms" />
      <FormControlLabel control={<Switch onChange={(e) => log('wifi', e.target.checked)} />} label="Wi-Fi" />
      <Slider aria-label="Volume" defaultValue={20} onChangeCommitted={(_, v) => log('volume', v)} />
      <Slider getAriaLabel={(i) => (i ? 'Highest price' : 'Lowest price')} defaultValue={[20, 60]} onChangeCommitted={(_, v) => log('price', v.join())} />
      <Rating name="stars" onChange={(_, v) => log('stars', v)} />
      <Tooltip title="Saves the record"><Button variant="contained" onClick={() => log('saved')} onDoubleClick={() => log('twice')} onContextMenu={(e) => { e.preventDefault(); setMenu(e.currentTarget); }}>Save</Button></Tooltip>
      <Menu anchorEl={menu} open={Boolean(menu)} onClose={() => setMenu(null)}><MenuItem onClick={() => { log('menu archive'); setMenu(null); }}>Archive</MenuItem></Menu>
      <Chip label="Draft" onDelete={() => log('chip gone')} />
      <List sx={{ maxHeight: 150, overflow: 'auto' }} aria-label="Rows">{FILMS.map((f) => <ListItemButton key={f} onClick={() => log('row', f)}>{f}</ListItemButton>)}</List>
    </Stack>
  );
}
createRoot(document.getElementById('root')).render(<App />);
