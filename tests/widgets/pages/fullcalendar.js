import { Calendar } from 'fullcalendar';
import dayGrid from 'fullcalendar/daygrid';
import interaction from 'fullcalendar/interaction';
import theme from 'fullcalendar/themes/classic';
import 'fullcalendar/skeleton.css';
import 'fullcalendar/themes/classic/theme.css';
import 'fullcalendar/themes/classic/palette.css';

window.calendar = new Calendar(document.getElementById('calendar'), {
  plugins: [theme, dayGrid, interaction],
  initialView: 'dayGridMonth',
  initialDate: '2026-03-10',
  editable: true,
  selectable: true,
  height: 600,
  events: [{ title: 'Review', start: '2026-03-10' }, { title: 'Holiday', start: '2026-03-17', end: '2026-03-19' }],
  eventDrop: (info) => log('drop', info.event.title, info.event.startStr),
  eventClick: (info) => log('event', info.event.title),
  dateClick: (info) => log('date', info.dateStr),
  select: (info) => log('range', info.startStr, info.endStr),
});
window.calendar.render();
