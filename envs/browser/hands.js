// The hands and the watch: what is checked just before input is sent, and promises for "the page has changed" and "is at rest".
// Loaded after reader.js into the same isolated world.
(() => {
  'use strict';
  const cua = globalThis.cua;
  if (Object.hasOwn(cua, 'probe')) return;
  const { S, INTERACTIVE, hit, reaches, inside, flatParent, pointsOf, rectOf, attr, closest, matches, squeeze, query, getAction, shown, labelsOf } = cua.tools;

  // ------------------------------------------------------------------------------------------------- what changes

  let waiters = new Set();
  const touched = () => {
    cua.mutations++;
    for (const wake of waiters) wake();
  };
  const observer = new MutationObserver(touched);
  const WHAT = { subtree: true, childList: true, attributes: true, characterData: true };
  const watched = new WeakSet();
  const watch = (root) => {
    if (watched.has(root)) return;
    watched.add(root);
    observer.observe(root, WHAT);
    for (const kind of ['input', 'change', 'scroll', 'load', 'error', 'toggle', 'focusin', 'focusout', 'transitionend', 'animationend']) {
      root.addEventListener(kind, touched, { capture: true, passive: true });
    }
  };
  cua.watchRoots(watch);
  watch(document);

  // The next change, as the next frame shows it; after `ms` without one, too: .value and CSSOM changes report nothing.
  cua.change = (seen, ms) => new Promise((resolve) => {
    let timer = 0;
    const done = (why) => { waiters.delete(wake); clearTimeout(timer); stop = null; resolve(why); };
    const wake = () => {
      waiters.delete(wake);
      const late = setTimeout(() => done('change'), 50);
      requestAnimationFrame(() => { clearTimeout(late); done('change'); });
    };
    timer = setTimeout(() => done('time'), ms);
    waiters.add(wake);
    stop = done;
    if (cua.mutations !== seen) wake();
  });
  let stop = null;
  // Called from outside when something happened that this page cannot see (a request ended, another tab opened).
  cua.wake = () => { stop?.('woken'); };

  const finite = (a) => {
    if (a.playState !== 'running') return false;
    const timing = a.effect?.getComputedTiming();
    return timing !== undefined && Number.isFinite(timing.endTime) && timing.endTime - (a.currentTime ?? 0) < 1500;
  };
  const moving = () => document.getAnimations().some(finite);

  // At rest: two frames in a row without a change and no finite animation running. 'busy' after `ms`.
  cua.rest = (ms) => new Promise((resolve) => {
    const began = performance.now();
    let quiet = 0, last = cua.mutations, handle = 0, timer = 0, over = false;
    const done = (why) => {
      if (over) return;
      over = true; stop = null;
      cancelAnimationFrame(handle); clearTimeout(timer);
      resolve(`${why} ${cua.mutations}`);
    };
    const tick = () => {
      cancelAnimationFrame(handle); clearTimeout(timer);
      if (over) return;
      observer.takeRecords().length && cua.mutations++;
      const still = last === cua.mutations && !moving();
      last = cua.mutations;
      quiet = still ? quiet + 1 : 0;
      if (quiet >= 2) done('rest');
      else if (performance.now() - began > ms) done('busy');
      else next();
    };
    // Frames stop in tabs that are not shown: a slow timer goes on then.
    const next = () => { handle = requestAnimationFrame(tick); timer = setTimeout(tick, 50); };
    stop = done;
    next();
  });

  // --------------------------------------------------------------------------------------------- before the input

  const frameOf = (el) => el.ownerDocument.defaultView;
  const nextFrame = () => new Promise((resolve) => {
    const timer = setTimeout(resolve, 50);
    requestAnimationFrame(() => { clearTimeout(timer); resolve(); });
  });
  const words = (node) => {
    if (!node) return 'nothing';
    const name = attr(node, 'aria-label') || squeeze(node.textContent ?? '').slice(0, 40) || attr(node, 'id') || '';
    return `<${node.localName}>${name ? ` "${name}"` : ''}`;
  };

  // A point of an element in its own viewport, as a point of this document's viewport; what lies over its frames on the way.
  const outwards = (win, x, y) => {
    while (win !== globalThis) {
      const holder = win.frameElement;
      const r = rectOf(holder), style = cua.tools.styleOf(holder);
      x += r.left + holder.clientLeft + (parseFloat(style.paddingLeft) || 0);
      y += r.top + holder.clientTop + (parseFloat(style.paddingTop) || 0);
      const got = hit(holder.ownerDocument, x, y);
      if (got !== holder) return { x, y, cover: words(got) };
      win = holder.ownerDocument.defaultView;
    }
    return { x, y, cover: null };
  };
  // The same for a frame that this document cannot look into: `n` is the frame element, x and y are in its content.
  cua.through = (n, x, y) => {
    const holder = cua.nodeOf(n);
    if (!holder || !holder.isConnected) return JSON.stringify({ gone: true });
    const r = rectOf(holder), style = cua.tools.styleOf(holder), win = frameOf(holder);
    const px = x + r.left + holder.clientLeft + (parseFloat(style.paddingLeft) || 0);
    const py = y + r.top + holder.clientTop + (parseFloat(style.paddingTop) || 0);
    const got = hit(holder.ownerDocument, px, py);
    if (got !== holder) return JSON.stringify({ x: px, y: py, cover: words(got) });
    return JSON.stringify(outwards(win, px, py));
  };

  const clickPoint = (el, label) => {
    const win = frameOf(el), view = [0, 0, win.innerWidth, win.innerHeight];
    let cover = null, off = true;
    for (const target of label ? [el, label] : [el]) {
      for (const [x, y] of pointsOf(target, view)) {
        if (x < 0 || y < 0 || x >= win.innerWidth || y >= win.innerHeight) continue;
        off = false;
        const got = hit(el.ownerDocument, x, y);
        if (!reaches(el, got)) { cover ??= words(got); continue; }
        const out = outwards(win, x, y);
        if (out.cover === null && out.x >= 0 && out.y >= 0 && out.x < innerWidth && out.y < innerHeight) return out;
        if (out.cover) cover ??= out.cover; else off = true;
      }
    }
    return { cover: cover ?? (off ? 'the edge of its viewport' : 'something') , off };
  };

  // want: {role, name, href, action, box, aim: 'point' | 'focus' | 'node', enabled}. Answers {x, y} or {stale} or {failed}.
  cua.probe = async (n, want) => JSON.stringify(await probe(n, want));
  const probe = async (n, want) => {
    let node = cua.nodeOf(n);
    if (!node || !node.isConnected) return { stale: 'it is gone from the page' };
    let el = node;
    if (node.nodeType === 3) {
      el = node.parentElement;
      if (!el) return { stale: 'it is gone from the page' };
      if (!squeeze(want.name).includes(squeeze(node.data))) return { stale: `its text is "${squeeze(node.data)}" now` };
    } else {
      const row = cua.readOne(el);
      if (!row) return { stale: 'it is not to be seen any more' };
      if (row[2] !== want.role) return { stale: `it is a ${row[2]} now` };
      if (row[3] !== want.name) return { stale: `its name is "${row[3]}" now` };
      if ((row[11].href ?? null) !== want.href) return { stale: 'it leads elsewhere now' };
      if ((row[11].action ?? null) !== want.action) return { stale: 'its form posts elsewhere now' };
      if (want.enabled && row[5] & S.disabled) return { failed: 'it is disabled' };
      const unfit = want.fit ? fits(el, row, want.fit) : '';
      if (unfit) return { failed: unfit };
      if (want.aim === 'node') return { x: 0, y: 0, checked: Boolean(row[5] & S.checked), mixed: Boolean(row[5] & S.mixed), state: row[5] };
    }
    const label = node === el ? labelsOf(el).find((l) => { const r = rectOf(l); return r.width > 1 && r.height > 1 && shown(l); }) : null;
    await still(el, want.box);
    let point = want.scroll ? { x: undefined } : clickPoint(el, label);
    if (point.x === undefined) {
      const target = rectOf(el).width > 1 ? el : label ?? el;
      target.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
      await nextFrame();
      point = clickPoint(el, label);
    }
    cua.tools.end();
    if (!el.isConnected) return { stale: 'it is gone from the page' };
    if (point.x === undefined) return { failed: point.cover === 'the edge of its viewport' ? 'it cannot be scrolled into view' : `it is covered by ${point.cover}` };
    const now = node === el ? cua.readOne(el) : null;
    return { x: point.x, y: point.y, checked: now ? Boolean(now[5] & S.checked) : false, mixed: now ? Boolean(now[5] & S.mixed) : false,
      focused: focusedIn(el), state: now ? now[5] : 0 };
  };
  const NO_TEXT = ['checkbox', 'radio', 'button', 'submit', 'reset', 'image', 'file'];
  const field = (el) => el.localName === 'textarea' || el.isContentEditable || (el.localName === 'input' && !NO_TEXT.includes(el.type));
  // Whether this kind of action makes sense here: '' or why not. Asked before anything is sent.
  const fits = (el, row, action) => {
    const role = row[2];
    if (action === 'type') {
      if (row[5] & S.readonly) return 'it is read-only';
      if (field(el) || ['textbox', 'searchbox', 'combobox', 'spinbutton'].includes(role) && el.localName !== 'select') return '';
      return INTERACTIVE.has(role) || !query(el, 'input,textarea,[contenteditable]') ? 'it takes no text' : '';
    }
    if (action === 'check' || action === 'uncheck') {
      if (!['checkbox', 'radio', 'switch', 'menuitemcheckbox', 'menuitemradio'].includes(role) && !el.hasAttribute('aria-checked')) return 'it cannot be checked';
      return action === 'uncheck' && (role === 'radio' || role === 'menuitemradio') && row[5] & S.checked ? 'a radio button is unchecked by choosing another' : '';
    }
    if (action === 'select') {
      const popup = row[5] & (S.haspopup | S.expanded | S.collapsed) || el.hasAttribute('aria-controls') || el.hasAttribute('aria-owns');
      return el.localName === 'select' || ['combobox', 'listbox', 'tree', 'grid'].includes(role) || popup ? '' : 'it has no options';
    }
    return '';
  };
  const focusedIn = (el) => cua.tools.focusOf(el.ownerDocument) === el;

  // Waits while the box moves: not at all where it is where it was seen and nothing is animated.
  const still = async (el, box) => {
    const spot = () => { const r = rectOf(el); return [r.left, r.top, r.width, r.height]; };
    let before = spot();
    const same = (a, b) => a.every((v, i) => Math.abs(v - b[i]) < 0.5);
    const win = frameOf(el);
    if (win === globalThis && box && same(before, box) && !moving()) return;
    for (let i = 0; i < 60; i++) {
      await nextFrame();
      const after = spot();
      if (same(before, after)) return;
      before = after;
    }
  };

  // --------------------------------------------------------------------------------------------- what input cannot

  const alive = (n) => { const el = cua.nodeOf(n); return el && el.isConnected ? el : null; };
  cua.focus = (n) => {
    const el = alive(n);
    if (!el) return false;
    (el.nodeType === 3 ? el.parentElement : el).focus({ preventScroll: true });
    return focusedIn(el);
  };
  const caretAll = (el, all) => {
    const doc = el.ownerDocument;
    if (el.localName === 'input' || el.localName === 'textarea') {
      if (all) el.select();
      else { try { el.setSelectionRange(el.value.length, el.value.length); } catch { /* number and the like have no selection */ } }
      return;
    }
    const selection = doc.getSelection();
    selection.selectAllChildren(el);
    if (!all) selection.collapseToEnd();
  };
  // Ready for text: focused, everything selected (or the caret at the end). Tells how the field wants to be filled.
  cua.ready = (n, all) => {
    const el = alive(n);
    if (!el) return 'gone';
    const focus = cua.tools.focusOf(el.ownerDocument);
    let field = el;
    if (focus && focus !== el && inside(el, focus)) field = focus;
    else if (focus !== el) { el.focus({ preventScroll: true }); if (!focusedIn(el)) {
      const now = cua.tools.focusOf(el.ownerDocument); if (now && inside(el, now)) field = now; else return 'unfocused'; } }
    if (field.localName === 'input' && ['date', 'time', 'datetime-local', 'month', 'week', 'color', 'range'].includes(field.type)) return 'set';
    if (field.localName === 'select' || (field.localName === 'input' && ['checkbox', 'radio', 'button', 'submit', 'reset', 'image', 'file'].includes(field.type))) return 'no field';
    if (field.localName !== 'input' && field.localName !== 'textarea' && !field.isContentEditable) return 'no field';
    caretAll(field, all);
    const empty = field.localName === 'input' || field.localName === 'textarea' ? field.value === '' : field.textContent === '';
    return empty ? 'empty' : 'text';
  };
  const fire = (el) => {
    el.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    el.dispatchEvent(new Event('change', { bubbles: true }));
  };
  // Date, time, colour and range fields take no free text. False where the browser refuses the value.
  cua.put = (n, value) => {
    const el = alive(n);
    if (!el) return 'gone';
    const before = el.value;
    el.value = value;
    const kept = el.type === 'color' ? el.value === value.toLowerCase() : el.type === 'range' ? Number(el.value) === Number(value) : value === '' || el.value !== '';
    if (!kept) { el.value = before; return `it does not take "${value}" (it is a ${el.type} field)`; }
    fire(el);
    return '';
  };
  // A native select: by label, then by value. Several labels, one a line, in a multiple one.
  cua.choose = (n, wanted) => {
    const el = alive(n);
    if (!el) return JSON.stringify({ stale: 'it is gone from the page' });
    if (el.localName !== 'select') return JSON.stringify({ native: false });
    const options = Array.from(el.options);
    const names = el.multiple ? wanted.split('\n') : [wanted];
    const found = [];
    for (const name of names) {
      const text = squeeze(name);
      const open = (o) => !o.disabled && !(o.parentNode.localName === 'optgroup' && o.parentNode.disabled);
      const same = (o) => squeeze(o.label) === text;
      const option = options.find((o) => same(o) && open(o)) ?? options.find((o) => o.value === name && open(o)) ??
        options.find((o) => squeeze(o.label).toLowerCase() === text.toLowerCase() && open(o));
      if (!option) {
        const shut = options.some((o) => same(o) || o.value === name);
        return JSON.stringify({ native: true, failed: shut ? `its option "${name}" is disabled` : `it has no option "${name}"`,
          options: options.filter(open).map((o) => squeeze(o.label)).slice(0, 50) });
      }
      found.push(option);
    }
    const changed = options.some((o) => o.selected !== found.includes(o));
    if (changed) {
      el.focus({ preventScroll: true });
      if (el.multiple) for (const o of options) o.selected = found.includes(o); else el.selectedIndex = options.indexOf(found[0]);
      fire(el);
    }
    return JSON.stringify({ native: true, done: true });
  };
  // What an ARIA combobox or listbox offers now: [n, label] of the options that are shown, its own ones if it says so.
  cua.offered = (n) => {
    const el = alive(n);
    if (!el) return '[]';
    const root = cua.tools.rootOf(el);
    const id = attr(el, 'aria-controls') || attr(el, 'aria-owns');
    const own = id ? id.split(/\s+/).map((i) => root.getElementById(i)).filter(Boolean) : [];
    const from = matches(el, '[role=listbox]') ? [el] : own.length ? own : [el, root];
    for (const place of from) {
      const list = Array.from(cua.tools.queryAll(place, '[role=option],[role=menuitem],[role=menuitemradio],[role=treeitem]')).filter((o) => {
        const r = rectOf(o);
        return r.width > 0 && r.height > 0 && shown(o);
      });
      if (list.length) return JSON.stringify(list.map((o) => [cua.idOf(o), attr(o, 'aria-label')?.trim() || squeeze(o.textContent)]));
    }
    return '[]';
  };
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
