import { createRoot } from 'react-dom/client';
import { Link, Route, Router, Switch } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';

const FILMS = ['Alien', 'Brazil', 'Casablanca'];
createRoot(document.getElementById('root')).render(
  <Router hook={useHashLocation}>
    <nav><Link href="/">Home</Link> <Link href="/films">Films</Link></nav>
    <Switch>
      <Route path="/films/:name">{({ name }) => <><h1>{name}</h1><label>Note <input /></label></>}</Route>
      <Route path="/films"><h1>Films</h1><ul>{FILMS.map((name) => <li key={name}><Link href={`/films/${name}`}>{name}</Link></li>)}</ul></Route>
      <Route><h1>Home</h1></Route>
    </Switch>
  </Router>,
);
