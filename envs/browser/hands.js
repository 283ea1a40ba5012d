// The hands: what real input cannot do, and what the actions ask of a page beside it.
// Loaded after aim.js into the same isolated world.
(() => {
  'use strict';
  const cua = globalThis.cua;
  if (Object.hasOwn(cua, 'ready')) return;
  const { inside, flatParent, rectOf, attr, matches, squeeze, shown, still, clickPoint, outwards, nextFrame, frameOf, focusedIn, hit, textOf, styleOf, rootOf, queryAll, focusOf, closest } = cua.tools;

  // --------------------------------------------------------------------------------------------- what input cannot

  const alive = (n) => { const el = cua.nodeOf(n); return el && el.isConnected ? el : null; };
  cua.focus = (n) => {
    const el = alive(n);
    if (!el) return false;
    (el.nodeType === 3 ? el.parentElement : el).focus({ preventScroll: true });
    return focusedIn(el);
  };
  cua.focused = (n) => { const el = alive(n), focus = el && focusOf(el.ownerDocument); return Boolean(focus) && inside(el, focus); };
  const caretAll = (el, all) => {
    if (el.localName === 'input' || el.localName === 'textarea') {
      if (all) el.select();
      else { try { el.setSelectionRange(el.value.length, el.value.length); } catch { /* number and the like have no selection */ } }
      return;
    }
    const selection = el.ownerDocument.getSelection();
    selection.selectAllChildren(el);
    if (!all) selection.collapseToEnd();
  };
  const PUT = ['date', 'time', 'datetime-local', 'month', 'week', 'color'];
  const NO_TEXT = ['checkbox', 'radio', 'button', 'submit', 'reset', 'image', 'file'];
  // The one that has the focus where a widget passed it on to a part of it, or else the element itself.
  const focusedField = (el) => {
    const focus = focusOf(el.ownerDocument);
    if (focus === el || (focus && inside(el, focus))) return focus;
    el.focus({ preventScroll: true });
    const now = focusOf(el.ownerDocument);
    return now === el || (now && inside(el, now)) ? now : null;
  };
  // Editors keep the text elsewhere: in an EditContext, or beside a text area that nobody sees (Ace, older Monaco).
  const editor = (field) => {
    if (field.isContentEditable || field.editContext) return true;
    if (field.localName !== 'textarea') return false;
    const r = rectOf(field), style = styleOf(field);
    return style.opacity === '0' || r.width < 8 || r.height < 4;
  };
  // Ready for text: focused, everything selected (or the caret at the end). Tells how the field wants to be filled.
  cua.ready = (n, all) => {
    const el = alive(n);
    if (!el) return 'gone';
    const field = focusedField(el);
    if (!field) return 'unfocused';
    const tag = field.localName;
    if (tag === 'input') {
      if (PUT.includes(field.type)) return 'put';
      if (field.type === 'range') return 'slide';
      if (NO_TEXT.includes(field.type)) return 'no field';
    } else if (editor(field)) return 'editor';
    else if (tag !== 'textarea') return level(field) && tag !== 'select' ? 'slide' : 'no field';
    caretAll(field, all);
    return field.value === '' ? 'empty' : 'text';
  };
  const holds = (el, text) => [el, ...queryAll(el, 'input,textarea')].some((field) => field.value?.includes(text));
  // What became of a text that was typed: 'kept', 'changed' (all letters and digits are there, in order), 'lost', or
  // 'strayed' (the focus went elsewhere, and the text with it).
  cua.took = (n, text) => {
    const el = alive(n), field = el && focusOf(el.ownerDocument);
    if (!field || (field.localName !== 'input' && field.localName !== 'textarea')) return 'kept';
    if (!inside(el, field)) return text.length > 1 && field.value.includes(text) && !holds(el, text) ? 'strayed' : 'kept';
    const value = field.value;
    if (value === text) return 'kept';
    if (field.maxLength > 0 && value.length >= field.maxLength) return 'changed';
    const letters = (s) => s.toLowerCase().match(/[\p{L}\p{N}]/gu) ?? [];
    let at = 0;
    const there = letters(value), want = letters(text);
    for (const c of there) if (c === want[at]) at++;
    return at === want.length ? 'changed' : 'lost';
  };
  // A paste, as an editor hears of it that listens to pastes: what is typed into it is indented, and brackets are closed.
  cua.paste = (n, text) => {
    const el = alive(n), field = el && focusOf(el.ownerDocument);
    if (!field?.editContext) return false;
    const data = new DataTransfer();
    data.setData('text/plain', text);
    return !field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true, composed: true }));
  };
  cua.frame = async () => { await nextFrame(); await nextFrame(); };
  // [value, lowest, highest] of what slides.
  const level = (el) => {
    if (el.localName === 'input') return [Number(el.value), Number(el.min || 0), Number(el.max || 100)];
    const now = attr(el, 'aria-valuenow');
    return now === null ? null : [Number(now), Number(attr(el, 'aria-valuemin') ?? 0), Number(attr(el, 'aria-valuemax') ?? 100)];
  };
  cua.level = (n) => {
    const el = alive(n), field = el && focusedField(el);
    return JSON.stringify((field && level(field)) ?? (el && level(el)) ?? [NaN, 0, 0]);
  };
  const fire = (el) => {
    el.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    el.dispatchEvent(new Event('change', { bubbles: true }));
  };
  // Fields whose value comes at once. Why not, or ''.
  cua.put = (n, value) => {
    const el = alive(n);
    if (!el) return 'gone';
    const before = el.value;
    el.value = value;
    const kept = el.type === 'color' ? el.value === value.toLowerCase() : value === '' || el.value !== '';
    if (!kept) { el.value = before; return `it does not take "${value}" (it is a ${el.type} field)`; }
    fire(el);
    return '';
  };
  // -------------------------------------------------------------------------------------------------------- native lists

  const open = (o) => !o.disabled && !(o.parentNode.localName === 'optgroup' && o.parentNode.disabled);
  const listed = (o) => styleOf(o).display !== 'none' && !(o.parentNode.localName === 'optgroup' && styleOf(o.parentNode).display === 'none');
  // The options that are meant: by label, then by value; several labels, one a line, in a multiple one.
  const meant = (el, wanted) => {
    const options = Array.from(el.options);
    const found = [];
    for (const name of el.multiple ? wanted.split('\n') : [wanted]) {
      const text = squeeze(name);
      const same = (o) => squeeze(o.label) === text;
      const option = options.find((o) => same(o) && open(o)) ?? options.find((o) => o.value === name && open(o)) ??
        options.find((o) => squeeze(o.label).toLowerCase() === text.toLowerCase() && open(o));
      if (!option) {
        const shut = options.some((o) => same(o) || o.value === name);
        return { failed: shut ? `its option "${name}" is disabled` : `it has no option "${name}"`,
          options: options.filter(open).map((o) => squeeze(o.label)).slice(0, 50) };
      }
      found.push(option);
    }
    return { found };
  };
  const differs = (el, found) => Array.from(el.options).filter((o) => o.selected !== found.includes(o));
  // How a person would choose it: keys in a list that drops down (`steps`, down or up), or clicks.
  cua.plan = (n, wanted) => {
    const el = alive(n);
    if (!el) return JSON.stringify({ stale: 'it is gone from the page' });
    const said = meant(el, wanted);
    if (said.failed) return JSON.stringify(said);
    const wrong = differs(el, said.found), popup = !el.multiple && el.size <= 1;
    const steps = Array.from(el.options).filter((o) => open(o) && listed(o));
    const from = el.options[el.selectedIndex], at = steps.indexOf(from);
    const blind = at < 0 && el.selectedIndex >= 0 ? -1 : at;
    const clicks = el.multiple ? wrong : said.found;
    if (!popup && wrong.length) el.focus({ preventScroll: true });
    return JSON.stringify({ change: wrong.length > 0, popup, steps: blind < 0 && from ? stepsFrom(el, from, said.found[0], steps) : steps.indexOf(said.found[0]) - at,
      clicks: clicks.map((o) => cua.idOf(o)) });
  };
  // From an option that cannot be chosen itself (a disabled "Choose…"): those after it count from one.
  const stepsFrom = (el, from, to, steps) => {
    const all = Array.from(el.options), start = all.indexOf(from), goal = all.indexOf(to);
    return goal > start ? steps.filter((o) => all.indexOf(o) > start && all.indexOf(o) <= goal).length : -steps.filter((o) => all.indexOf(o) < start && all.indexOf(o) >= goal).length;
  };
  cua.chosen = (n, wanted) => {
    const el = alive(n), said = el && meant(el, wanted);
    return !said || Boolean(said.found) && differs(el, said.found).length === 0;
  };
  cua.choose = (n, wanted) => {
    const el = alive(n), said = el && meant(el, wanted);
    if (!said?.found || !differs(el, said.found).length) return;
    el.focus({ preventScroll: true });
    if (el.multiple) for (const o of el.options) o.selected = said.found.includes(o); else el.selectedIndex = Array.from(el.options).indexOf(said.found[0]);
    fire(el);
  };
  cua.unfolded = (n) => {
    const el = alive(n);
    if (!el) return false;
    if (el.localName === 'select') return matches(el, ':open');
    return optionsOf(el, false).length > 0;
  };

  // -------------------------------------------------------------------------------------------------------- custom lists

  const OPTION = '[role=option],[role=menuitem],[role=menuitemradio],[role=menuitemcheckbox],[role=treeitem]';
  const visible = (o) => { const r = rectOf(o); return r.width > 0 && r.height > 0 && shown(o); };
  // All that match below, shadow roots included (the light children of a host come with its own tree).
  const deep = (root, css, out = []) => {
    for (const el of queryAll(root, css)) out.push(el);
    for (const el of queryAll(root, '*')) if (el.shadowRoot) deep(el.shadowRoot, css, out);
    return out;
  };
  const nameOf = (o) => squeeze(attr(o, 'aria-label')?.trim() || textOf(o, null, false)) || squeeze(o.textContent ?? '') || squeeze(o.label ?? '');
  // The lists an element says it controls, through the roots around it.
  const ownLists = (el) => {
    const out = [];
    for (const part of [el, ...deep(el, '[aria-controls],[aria-owns]'), ...(el.shadowRoot ? deep(el.shadowRoot, '[aria-controls],[aria-owns]') : [])]) {
      for (const id of `${attr(part, 'aria-controls') ?? ''} ${attr(part, 'aria-owns') ?? ''}`.split(/\s+/)) {
        for (let root = id && rootOf(part); root; root = root.host && rootOf(root.host)) {
          const list = root.getElementById?.(id);
          if (list) { out.push(list); break; }
        }
      }
    }
    return out;
  };
  let early = new Set();
  const bearers = (doc, wanted) => {
    const text = squeeze(wanted), out = [];
    for (const el of deep(doc, '*')) {
      if (el.childElementCount > 3 || ['script', 'style', 'option'].includes(el.localName)) continue;
      if (squeeze(el.textContent ?? '') === text && visible(el)) out.push(el);
    }
    return out;
  };
  // Before it is opened: what bears the wanted text already is no option of it.
  cua.before = (n, wanted) => {
    const el = alive(n);
    early = new Set(el ? [...bearers(el.ownerDocument, wanted), ...deep(el.ownerDocument, OPTION).filter(visible)] : []);
  };
  const optionsOf = (el, own) => {
    const places = matches(el, '[role=listbox],[role=tree],[role=grid]') ? [el] : ownLists(el);
    const among = (place) => [...deep(place, OPTION), ...(place.shadowRoot ? deep(place.shadowRoot, OPTION) : [])].filter(visible);
    for (const place of places) { const list = among(place); if (list.length) return list; }
    const inner = among(el);
    if (inner.length || own) return inner;
    return deep(el.ownerDocument, OPTION).filter((o) => visible(o) && !early.has(o));
  };
  // What it offers now: its own options, or those that have come since; where no option says so, what has come with that text.
  cua.offered = (n, wanted, own) => {
    const el = alive(n);
    if (!el) return '[]';
    let list = optionsOf(el, own);
    if (!list.length && !own) {
      const come = bearers(el.ownerDocument, wanted).filter((o) => !early.has(o) && !inside(el, o) && !inside(o, el));
      list = come.filter((o) => !come.some((other) => other !== o && inside(o, other)));
    }
    const many = list.some((o) => closest(o, '[aria-multiselectable=true]'));
    return JSON.stringify(list.slice(0, 500).map((o) => ({ node: cua.idOf(o), name: nameOf(o), selected: attr(o, 'aria-selected') === 'true' && attr(o, 'aria-disabled') !== 'true', many })));
  };
  // Where to turn the wheel over the list that is open, and whether there is more below; null where it does not scroll.
  cua.listSpot = (n) => {
    const el = alive(n), first = el && optionsOf(el, false)[0];
    for (let box = first; box; box = flatParent(box)) {
      if (box.nodeType !== 1 || box.scrollHeight <= box.clientHeight + 1 || !/auto|scroll/.test(styleOf(box).overflowY)) continue;
      if (box === el.ownerDocument.documentElement || box === el.ownerDocument.body) return 'null';
      const r = rectOf(box), out = outwards(frameOf(box), (r.left + r.right) / 2, (r.top + r.bottom) / 2);
      return JSON.stringify({ x: out.x, y: out.y, page: Math.max(20, box.clientHeight * 0.8), more: box.scrollTop + box.clientHeight < box.scrollHeight - 1 });
    }
    return 'null';
  };
  // The field that narrows the list down, emptied and ready: the one with the focus, in the element or in what it opened.
  cua.filter = (n) => {
    const el = alive(n), field = el && focusOf(el.ownerDocument);
    if (!field || field.readOnly || field.disabled || !(field.localName === 'input' && !NO_TEXT.includes(field.type) || field.isContentEditable)) return false;
    caretAll(field, true);
    return true;
  };
  // A file input in an element, around it, or the only one of the page that no label shows.
  cua.fileInput = (n) => {
    const el = alive(n);
    for (let place = el; place; place = flatParent(place)) {
      if (place.nodeType !== 1 && place.nodeType !== 11) continue;
      const inputs = deep(place, 'input[type=file]');
      if (inputs.length === 1) return cua.idOf(inputs[0]);
      if (inputs.length > 1) return 0;
    }
    return 0;
  };

  // ---------------------------------------------------------------------------------------------------------------- drag

  let begun = null, fell = false;
  cua.dragWatch = (n) => {
    const el = alive(n);
    begun = null;
    if (el) frameOf(el).addEventListener('dragstart', (event) => { begun = event; }, { capture: true, once: true });
  };
  cua.dragStarted = () => new Promise((resolve) => { setTimeout(() => resolve(begun !== null && !begun.defaultPrevented)); });
  cua.dropWatch = (n) => {
    const el = alive(n);
    fell = false;
    if (el) frameOf(el).addEventListener('drop', () => { fell = true; }, { capture: true, once: true });
  };
  cua.dropped = () => fell;
  // The middle of an element, or of its `top`, `bottom`, `left` or `right` part; the nearest place to hold at until what it is
  // in has scrolled; whether it is out of view (`off`), or so near an edge that it would go on scrolling there (`shy`).
  cua.spot = (n, part) => {
    const node = alive(n), el = node && (node.nodeType === 3 ? node.parentElement : node);
    if (!el) return 'null';
    const win = frameOf(el), r = rectOf(el);
    const clip = [0, 0, win.innerWidth, win.innerHeight];
    for (let p = flatParent(el); p; p = flatParent(p)) {
      if (p.nodeType !== 1 || p === el.ownerDocument.documentElement || p === el.ownerDocument.body) continue;
      const style = styleOf(p);
      if (!/auto|scroll|hidden|clip/.test(style.overflowX + style.overflowY)) continue;
      const q = rectOf(p);
      clip[0] = Math.max(clip[0], q.left); clip[1] = Math.max(clip[1], q.top); clip[2] = Math.min(clip[2], q.right); clip[3] = Math.min(clip[3], q.bottom);
    }
    const along = (low, high, first, last) => low + (high - low) * (part === first ? 0.2 : part === last ? 0.8 : 0.5);
    const x = along(r.left, r.right, 'left', 'right'), y = along(r.top, r.bottom, 'top', 'bottom'), edge = 8;
    const beyond = (dx, dy) => x < clip[0] + dx || y < clip[1] + dy || x > clip[2] - dx || y > clip[3] - dy;
    const within = (v, low, high) => Math.min(Math.max(v, low + edge), high - edge);
    const out = outwards(win, x, y), hold = outwards(win, within(x, clip[0], clip[2]), within(y, clip[1], clip[3]));
    return JSON.stringify({ x: out.x, y: out.y, hx: hold.x, hy: hold.y, off: beyond(0, 0), shy: beyond(0, (clip[3] - clip[1]) / 4) });
  };

  // -------------------------------------------------------------------------------------------------------------- scroll

  // The click point of a node that was only offered by `offered`.
  cua.point = async (n) => {
    const el = alive(n);
    if (!el) return JSON.stringify({ failed: 'it is gone' });
    await still(el, null);
    let point = clickPoint(el, null);
    if (point.x === undefined) {
      el.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
      await nextFrame();
      point = clickPoint(el, null);
    }
    return JSON.stringify(point.x === undefined ? { failed: `it is covered by ${point.cover}` } : point);
  };
  cua.scroll = (n, dx, dy, to) => {
    const el = n ? alive(n) : null;
    if (n && !el) return 'gone';
    let box = el && (el.nodeType === 3 ? el.parentElement : el);
    if (box) box.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
    if (!to) return '';
    for (; box; box = flatParent(box)) if (box.nodeType === 1 && box.scrollHeight > box.clientHeight + 1 && /auto|scroll/.test(cua.tools.styleOf(box).overflowY)) break;
    const target = box ?? document.scrollingElement ?? document.documentElement;
    target.scrollTo({ top: to === 'bottom' ? target.scrollHeight : 0, behavior: 'instant' });
    return '';
  };
  cua.middle = (n) => {
    const el = n ? alive(n) : null;
    if (!el) return JSON.stringify({ x: innerWidth / 2, y: innerHeight / 2, cover: null });
    const r = rectOf(el.nodeType === 3 ? el.parentElement : el), win = frameOf(el);
    return JSON.stringify(outwards(win, Math.min(Math.max((r.left + r.right) / 2, 1), win.innerWidth - 1), Math.min(Math.max((r.top + r.bottom) / 2, 1), win.innerHeight - 1)));
  };
})();
