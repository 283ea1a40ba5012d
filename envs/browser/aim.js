// The aim: what is checked of an element just before input is sent to it, and once more in the moment it arrives.

  // ------------------------------------------------------------------------------------------------------ small words

  const frameOf = (el) => el.ownerDocument.defaultView;
  // Whether there was one: tabs that are not shown have none, busy machines few.
  const nextFrame = () => new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), 100);
    requestAnimationFrame(() => { clearTimeout(timer); resolve(true); });
  });
  const words = (node) => {
    if (!node) return 'nothing';
    const name = /^(html|body|head)$/.test(node.localName) ? '' : attr(node, 'aria-label') || squeeze(node.textContent ?? '').slice(0, 40) || attr(node, 'id') || '';
    return `<${node.localName}>${name ? ` "${name}"` : ''}`;
  };
  const focusedIn = (el) => focusOf(el.ownerDocument) === el;
  const solid = (text) => text.replace(/\s+/g, '');
  const elementOf = (node) => (node.nodeType === 3 ? parentNodeOf(node) : node);
  const labelFor = (el) => {
    if (stages.has(el)) return stages.get(el);
    const found = el.labels;
    return found ? Array.from(found).find((l) => { const r = rectOf(l); return r.width > 1 && r.height > 1 && shown(l); }) ?? null : null;
  };
  // What of a document can be pointed at: pinched pages show a part of it.
  const viewOf = (win) => {
    const v = win.visualViewport;
    return v ? [v.offsetLeft, v.offsetTop, v.offsetLeft + v.width, v.offsetTop + v.height] : [0, 0, win.innerWidth, win.innerHeight];
  };
  const within = (view, x, y) => x >= view[0] && y >= view[1] && x < view[2] && y < view[3];

  // Whether the page's own scripts had begun before these did: then they may hear of input first.
  const LATE = document.readyState !== 'loading';

  // ------------------------------------------------------------------------------------------------ where to point at

  // A point of an element in its own viewport, as a point of this document's viewport; what lies over its frames on the way.
  const outwards = (win, x, y) => {
    while (win !== globalThis) {
      const holder = win.frameElement, map = mapOf(holder);
      if (!map) return { x, y, cover: 'the perspective its frame is shown in' };
      [x, y] = mapped(map, x, y);
      const got = hit(holder.ownerDocument, x, y);
      if (got !== holder) return { x, y, cover: words(got) };
      win = holder.ownerDocument.defaultView;
    }
    return { x, y, cover: null };
  };
  // The same for a frame that this document cannot look into: `n` is the frame element, x and y are in its content.
  cua.through = (n, x, y) => {
    const holder = nodeOf(n);
    if (!holder || !holder.isConnected) return JSON.stringify({ gone: true });
    const map = mapOf(holder);
    if (!map) return JSON.stringify({ x, y, cover: 'the perspective its frame is shown in' });
    const [px, py] = mapped(map, x, y);
    const got = hit(holder.ownerDocument, px, py);
    if (got !== holder) return JSON.stringify({ x: px, y: py, cover: words(got) });
    return JSON.stringify(outwards(frameOf(holder), px, py));
  };

  // A finer net, for what is round, clipped or mostly covered.
  const FINE = [];
  for (let i = 1; i < 10; i += 2) for (let j = 1; j < 10; j += 2) FINE.push([i / 10, j / 10]);

  // `free`: a further condition on the point.
  const clickPoint = (node, label, free = null) => {
    const el = elementOf(node), win = frameOf(el), view = viewOf(win), all = viewOf(globalThis);
    let cover = null, off = true;
    for (const target of label ? [node, label] : [node]) {
      for (const net of [undefined, FINE]) {
        for (const [x, y] of pointsOf(target, view, net)) {
          if (!within(view, x, y)) continue;
          off = false;
          const got = hit(el.ownerDocument, x, y);
          if (!lands(el, got)) { cover ??= words(got); continue; }
          const out = outwards(win, x, y);
          if (out.cover) { cover ??= out.cover; continue; }
          if (!within(all, out.x, out.y)) { off = true; continue; }
          if (free && !free(x, y, out)) continue;
          return { ...out, got };
        }
      }
    }
    return { cover: cover ?? (off ? 'the edge of its viewport' : 'something'), off };
  };

  const carried = (el) => animating((a) => finite(a) && a.effect.target !== null && inside(a.effect.target, el));
  // Waits while the box moves: not at all where it is where it was seen and nothing is animated. False where it goes on
  // moving faster than a person could follow; true where it stands, or only drifts or pulsates.
  const still = async (el, box) => {
    const spot = () => { const r = rectOf(el); return [r.left, r.top, r.width, r.height]; };
    const apart = (a, b) => Math.max(...a.map((v, i) => Math.abs(v - b[i])));
    let before = spot();
    if (frameOf(el) === globalThis && box && apart(before, box) < 0.5 && !moving()) return true;
    let fastest = 0, frameless = 0;
    for (let i = 1; i <= 60; i++) {
      frameless = await nextFrame() ? 0 : frameless + 1;
      const after = spot(), step = apart(before, after);
      if (step < 0.5 && frameless !== 1 && frameless !== 2 && !carried(el)) return true;
      fastest = i % 10 === 1 ? step : Math.max(fastest, step);
      if (i % 10 === 0 && i >= 20 && fastest <= Math.min(4, 0.1 * Math.min(after[2], after[3])) && !moving()) return true;
      before = after;
    }
    return fastest <= Math.min(4, 0.1 * Math.min(before[2], before[3]));
  };

  // ------------------------------------------------------------------------------------------------ is it what was read

  // What stands around it and tells it from its like (its row, its dialog): {n, name} or {n, texts: [[n, text]…]}.
  const elsewhere = (el, around) => {
    for (const { n, name, texts } of around ?? []) {
      const item = nodeOf(n);
      if (!item || !inside(item, el)) return 'it stands somewhere else now';
      if (name !== undefined) {
        const row = cua.readOne(item);
        if (row && row[3] !== name && solid(row[3]) !== solid(name)) return `it is in "${row[3].slice(0, 60)}" now`;
      }
      let whole = null;
      for (const [m, text] of texts ?? []) {
        const node = nodeOf(m);
        if (node && node.isConnected && node.nodeType === 3 && solid(node.data) === solid(text)) continue;
        whole ??= `${solid(textOf(item, null, true))} ${solid(item.textContent)}`;
        if (!whole.includes(solid(text))) return `what it stands in does not say "${text.slice(0, 60)}" any more`;
      }
    }
    return '';
  };
  // What one of the fields [n, value, checked] does not hold any more.
  const spoilt = (fields) => {
    for (const [n, value, checked] of fields ?? []) {
      const el = nodeOf(n);
      if (!el || !el.isConnected) return 'a field was replaced meanwhile';
      const row = cua.readOne(el);
      if (row && (row[4] !== value || Boolean(row[5] & S.checked) !== checked)) return `the field "${row[3].slice(0, 60)}" holds something else now`;
    }
    return '';
  };
  const check = (node, want) => {
    if (!node || !node.isConnected) return { stale: 'it is gone from the page' };
    const el = elementOf(node);
    if (!el || el.nodeType !== 1) return { stale: 'it is gone from the page' };
    let state = 0;
    if (node === el) {
      const row = cua.readOne(el);
      if (!row) return { stale: 'it is not to be seen any more' };
      if (row[2] !== want.role) return { stale: `it is a ${row[2]} now` };
      if (row[3] !== want.name) return { stale: `its name is "${row[3]}" now` };
      if ((row[11].href ?? null) !== want.href) return { stale: 'it leads elsewhere now' };
      if ((row[11].action ?? null) !== want.action) return { stale: 'its form posts elsewhere now' };
      if (want.enabled && row[5] & S.disabled) return { failed: 'it is disabled' };
      const unfit = want.fit ? fits(el, row, want.fit) : '';
      if (unfit) return { failed: unfit };
      state = row[5];
    } else if (!squeeze(want.name).includes(squeeze(node.data))) return { stale: `its text is "${squeeze(node.data)}" now` };
    const other = elsewhere(el, want.around) || spoilt(want.fields);
    return other ? { stale: other } : { state, checked: Boolean(state & S.checked), mixed: Boolean(state & S.mixed) };
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

  // --------------------------------------------------------------------------------------------------------- the probe

  // want: {role, name, href, action, around, box, aim: 'point' | 'node', enabled, fit, scroll, armed, unfocused (armed only then), fields}.
  // Answers [JSON of {x, y, …} or {stale} or {failed}, what was hit].
  cua.probe = async (n, want) => {
    const said = await probe(n, want);
    const got = said.got ?? null;
    delete said.got;
    return [JSON.stringify(said), got];
  };
  const probe = async (n, want) => {
    const node = nodeOf(n);
    let now = check(node, want);
    if (now.stale || now.failed) return now;
    const el = elementOf(node);
    if (want.aim === 'node') return { ...now, x: 0, y: 0 };
    const label = node === el ? labelFor(el) : null;
    const target = rectOf(el).width > 1 && !stages.has(el) ? el : label ?? el;
    let stays = await still(target, want.box);
    let point = want.scroll ? {} : pick(node, label, want, now.state);
    for (const block of ['center', 'end', 'start']) {
      if (point.x !== undefined || !el.isConnected) break;
      const before = rectOf(target).top;
      target.scrollIntoView({ block, inline: 'center', behavior: 'instant' });
      if (block !== 'center' && Math.abs(rectOf(target).top - before) < 1) continue;
      scrolledHere(target);
      await nextFrame(); // what hears of the scroll may put something over it
      await afterFrame();
      // In the topmost document what hears of the scroll is met by the check that is made as the press arrives (but for what
      // is only painted over it: that is why the frame is waited for). A press beside a frame would not be met there.
      if (frameOf(el) !== globalThis || globalThis.parent !== globalThis || moving()) stays = await still(target, null);
      point = pick(node, label, want, now.state);
    }
    now = check(node, want);
    if (now.stale || now.failed) return now;
    if (!stays) return { stale: 'it does not hold still' };
    if (point.x === undefined) return { failed: point.why ?? (point.cover === 'the edge of its viewport' ? 'it cannot be scrolled into view' : `it is covered by ${point.cover}`) };
    const view = viewOf(globalThis);
    const focused = focusedIn(el);
    const armed = Boolean(want.armed) && el.localName !== 'iframe' && !(want.unfocused && focused);
    if (armed) arm(n, want);
    return { ...now, armed, x: point.x, y: point.y, late: LATE, left: view[0], top: view[1], width: view[2] - view[0], height: view[3] - view[1],
      sx: scrollX, sy: scrollY, focused, got: point.got };
  };
  // A point where it can be seen for what it is and takes the click.
  const pick = (node, label, want, state) => {
    const point = clickPoint(node, label);
    if (point.x === undefined) return point;
    const why = unseen(elementOf(node), label, node, want, state);
    return why ? { why } : point;
  };

  // ------------------------------------------------------------------------------------- the guard: as the click arrives

  // Between the check and the press a page has a millisecond or two. So the check is made once more by the first listener
  // that the press meets: what is not what was meant does not get it, nor the release and the click that follow.
  // It lives in the topmost document of one origin, for all frames below; each of them listens.
  const RELEASES = new Set(['pointerup', 'mouseup', 'pointercancel']);
  const PRESSES = new Set(['pointerdown', 'mousedown']);
  const arm = (n, want) => {
    listen();
    cua.armed = { n, want, state: 'armed', why: '', until: Date.now() + 20000, released: 0, told: null, opened: false };
  };
  const refuse = (event, g, state, why) => {
    event.stopImmediatePropagation();
    event.preventDefault();
    if (g.state !== 'refused') { g.state = state; g.why ||= why; }
  };
  // A text field that the press has focused has all that a click gives it: what it opens over itself does not get the rest.
  const inField = (el) => Boolean(el) && el.isConnected && field(el) && focusedIn(el);
  cua.armed = null;
  cua.guard = (event, type, early) => {
    const g = cua.armed;
    if (!g || Date.now() > g.until) return;
    if (RELEASES.has(type) && type !== 'mouseup' && (!early || g.state === 'refused')) { g.released++; g.told?.(); }
    if (g.state === 'refused') { refuse(event, g, 'refused', ''); return; }
    const node = nodeOf(g.n), el = node && elementOf(node);
    const got = event.composedPath()[0];
    if (got.nodeType !== 1) return;
    const press = PRESSES.has(type), first = press && g.state === 'armed';
    const now = first ? check(node, g.want) : null;
    if (now?.stale || now?.failed) { refuse(event, g, 'refused', now.stale ?? now.failed); return; }
    const deep = rootUnder(got) ? hit(got.ownerDocument, event.clientX, event.clientY) : got;
    const on = Boolean(el) && el.isConnected && (lands(el, deep) || !press && inside(el, deep));
    const why = `${words(got)} came in its place`;
    if (on) {
      if (first) g.state = 'passed';
      if (type === 'contextmenu') g.opened = true;
    } else if (g.opened) { // by the press: the menu that is there now may lie under the release, and is not to choose by it
      if (closest(got, ACTS)) { event.stopImmediatePropagation(); event.preventDefault(); }
    } else if (press) refuse(event, g, first ? 'refused' : 'slipped', why);
    else if (g.state === 'passed' && inField(el)) { event.stopImmediatePropagation(); event.preventDefault(); }
    else if (!RELEASES.has(type) || closest(got, ACTS)) refuse(event, g, 'slipped', why);
  };
  const POINTER_KINDS = ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'pointercancel', 'click', 'auxclick', 'dblclick', 'contextmenu'];
  const listener = (event) => { if (top.cua.armed && event.isTrusted) top.cua.guard(event, event.type, false); };
  // Where the page's scripts were first, early.js hears of it before them, and asks.
  const question = (event) => { if (LATE && top.cua.armed) top.cua.guard(event, POINTER_KINDS[event.detail], true); };
  const listen = () => {
    for (const kind of POINTER_KINDS) globalThis.addEventListener(kind, listener, { capture: true });
    globalThis.addEventListener('@EARLY@', question, { capture: true });
  };
  listen();
  cua.disarm = () => { cua.armed = null; };
  // How it ended: 'passed', 'lost' (nothing came), 'refused' (nothing was let through) or 'slipped', and why. Frames of other
  // processes may hear of the click a little after it was said to be sent.
  cua.verdict = (presses) => new Promise((resolve) => {
    const g = cua.armed;
    if (!g) { resolve(['passed', '']); return; }
    const end = () => {
      clearTimeout(late);
      if (g.state === 'armed') { g.state = 'refused'; g.until = Date.now() + 1000; resolve(['lost', '']); return; }
      cua.armed = null;
      resolve([g.state, g.why]);
    };
    const late = setTimeout(end, g.state === 'armed' ? 400 : 100);
    g.told = () => { if (g.released >= presses) setTimeout(end); };
    if (g.released >= presses) end();
  });

  Object.assign(cua.tools, { frameOf, nextFrame, words, focusedIn, outwards, clickPoint, still });
