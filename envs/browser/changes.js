// What has changed since the last look: marks on units, from what the page reports (mutations, events) and from what it
// does not (values, scrolling, hover, style sheets, animations), which is asked for at each look.

  const SHAPE = { subtree: true, childList: true, attributes: true, attributeOldValue: true, characterData: true };
  const EVENTS = ['input', 'change', 'invalid', 'reset', 'submit', 'toggle', 'slotchange', 'load', 'error', 'loadedmetadata', 'resize', 'transitionend', 'animationend',
    'focusin', 'focusout'];
  // Attributes that the browser's own style sheet or states react to, as the pseudo-classes that go with them.
  const STATEFUL = {
    disabled: [':disabled', ':enabled'], checked: [':checked', ':default'], required: [':required', ':optional'], readonly: [':read-only', ':read-write'],
    placeholder: [':placeholder-shown'], href: [':link', ':any-link'], open: [':open'], value: [':in-range', ':out-of-range', ':valid', ':invalid', ':placeholder-shown'],
    multiple: [], dir: [':dir'], lang: [':lang'], contenteditable: [':read-write', ':read-only'], indeterminate: [':indeterminate'],
  };
  const INPUT_STATES = [':checked', ':indeterminate', ':valid', ':invalid', ':in-range', ':out-of-range', ':placeholder-shown', ':user-valid', ':user-invalid', ':autofill'];
  const HEADED = set('table thead tbody tr th td');

  const observed = new Set();
  let everything = true, relabel = false, restyled = false, fontsLoaded = false;
  // What the pointer is over, by document.
  const under = new Map();
  const fresh = new Set();
  const suspects = new Set();
  const scrollers = new Set();
  // Dialogs and popovers: what is in the top layer is told by no mutation.
  const toppers = new Set();

  const mutated = (records) => { for (const record of records) took(record); };
  const changes = new MutationObserver(mutated);
  const observe = (root) => {
    if (observed.has(root)) return;
    observed.add(root);
    changes.observe(root, SHAPE);
    for (const kind of EVENTS) root.addEventListener(kind, happened, { capture: true, passive: true });
    root.addEventListener('scroll', (event) => { const el = event.composedPath()[0]; if (el?.nodeType === 1 && !scrollers.has(el)) { scrollers.add(el); markDeep(el); restyled = true; } }, { capture: true, passive: true });
    if (root.nodeType === 9) {
      const view = root.defaultView;
      view.addEventListener('mouseover', (event) => { under.set(root, event.composedPath().filter((n) => n.nodeType === 1)); }, { capture: true, passive: true });
      view.addEventListener('mouseout', (event) => { if (!event.relatedTarget) under.set(root, []); }, { capture: true, passive: true });
      root.fonts?.addEventListener('loadingdone', () => { fontsLoaded = true; });
      root.defaultView.addEventListener('resize', () => { everything = true; });
    }
  };
  const happened = (event) => {
    const el = event.composedPath()[0] ?? event.target;
    if (!el || el.nodeType !== 1) return;
    const kind = event.type;
    if (kind === 'toggle' || kind === 'slotchange' || kind === 'transitionend' || kind === 'animationend') markAt(el, DEEP);
    else markAt(el, SHALLOW);
    if (kind === 'submit' || kind === 'invalid' || kind === 'reset' || kind === 'focusout' || kind === 'change') for (const control of el.form?.elements ?? el.elements ?? []) markAt(control, SHALLOW);
  };

  // The unit that a node is read with, marked; what is named after it is marked, too.
  const unitAt = (node) => {
    for (let n = node; n; n = flatParent(n) ?? parentNodeOf(n)) {
      const found = unitOf.get(n);
      if (found !== undefined) return found;
      if (n.nodeType === 9) { const holder = n.defaultView?.frameElement; return holder ? unitAt(holder) : undefined; }
    }
    return undefined;
  };
  const markAt = (node, how) => {
    let found;
    for (let n = node; n; n = flatParent(n) ?? parentNodeOf(n)) {
      found ??= unitOf.get(n);
      const drawn = drawsFrom.get(n);
      if (drawn !== undefined && (found === undefined || !drawn.has(node))) {
        drawsFrom.delete(n);
        headers.delete(n);
        for (const el of drawn) markAt(el, el.localName === 'table' ? DEEP : SHALLOW);
      }
      if (n.nodeType === 9) { if (found === undefined) { const holder = n.defaultView?.frameElement; if (holder) { markAt(holder, how); return; } } break; }
    }
    mark(found, how);
  };
  // A change of these tokens on an element, wherever that reaches.
  const restyle = (el, tokens) => {
    const far = sheets.opaque ? ANYWHERE : reach(tokens);
    if (far === 0) return;
    restyled = true;
    if (far === ANYWHERE) everything = true;
    else if (far === SIDEWAYS) markAt(flatParent(el) ?? el, DEEP);
    else markDeep(el);
  };
  const markDeep = (el) => {
    const own = unitOf.get(el);
    if (own !== undefined) { mark(own, DEEP); markAt(el, SHALLOW); return; }
    fresh.add(el);
    markAt(el, SHALLOW);
  };

  const took = (record) => {
    const target = record.target;
    if (record.type === 'attributes') {
      const name = record.attributeName;
      markAt(target, SHALLOW);
      if (name === 'class' || name === 'id') {
        const sign = name === 'class' ? '.' : '#';
        const before = new Set((record.oldValue ?? '').split(/\s+/)), now = new Set((attr(target, name) ?? '').split(/\s+/));
        const tokens = [`[${name}`];
        for (const word of before) if (word && !now.has(word)) tokens.push(sign + word);
        for (const word of now) if (word && !before.has(word)) tokens.push(sign + word);
        // the same class twice within one look leaves no difference, and may have left one in between: both are looked at
        for (const word of now) if (word) tokens.push(sign + word);
        restyle(target, tokens);
        if (name === 'id') { for (const id of [...before, ...now]) renamed(id); relabel = true; }
        return;
      }
      if (name === 'style' || name === 'hidden' || name === 'inert' || name === 'dir' || name === 'lang' || name === 'open' || name === 'popover' || name === 'slot' || name === 'width' ||
          name === 'height' || name === 'src' || name === 'align' || name === 'aria-disabled' || name === 'disabled' || name === 'role' || name === 'contenteditable' || name === 'aria-hidden') {
        restyled = true;
        if (name === 'slot' || name === 'open') markAt(flatParent(target) ?? target, DEEP); else markDeep(target);
        if (name === 'style' && /float/.test(attr(target, 'style') ?? '')) sheets.floats = true;
        if (name === 'dir' && target === bodyOf(target.ownerDocument)) everything = true;
      }
      restyle(target, [`[${name}`, ...(STATEFUL[name] ?? [])]);
      if (name === 'for') relabel = true;
      if (name === 'colspan' || name === 'rowspan' || name === 'scope') { const table = closest(target, 'table'); if (table) { tables.delete(table); markDeep(table); } }
      if (name === 'action' || name === 'form') for (const control of target.elements ?? []) markAt(control, SHALLOW);
      if (target.localName === 'base') everything = true;
      if (name === 'media' || name === 'rel' || name === 'type') restyled = true;
      return;
    }
    if (record.type === 'characterData') { markAt(target, SHALLOW); if (sheets.has) everything = true; return; }
    markAt(target, SHALLOW);
    if (target.nodeType === 9) { everything = true; return; }
    const inTable = target.nodeType === 1 && HEADED.has(target.localName) ? closest(target, 'table') : null;
    if (inTable) reheaded(inTable);
    for (const node of record.addedNodes) if (node.nodeType === 1) arrived(node);
    for (const node of record.removedNodes) if (node.nodeType === 1) left(node);
    if (sheets.has || (sheets.opaque && target.nodeType === 1)) { everything ||= sheets.has; markDeep(target); return; }
    if (sheets.counting) { if (target.nodeType === 1) markDeep(target); else markDeep(target.host); }
    else if (sheets.adjacent) for (const near of [record.previousSibling, record.nextSibling]) {
      const el = near && near.nodeType !== 1 ? near.nextElementSibling ?? near.previousElementSibling : near;
      if (el) markDeep(el);
    }
  };
  let arrivals = 1;
  const arrived = (el) => {
    arrivals++;
    fresh.add(el);
    mark(unitOf.get(el), DEEP);
    if (labelled(el)) relabel = true;
    if (namedBy.size) {
      const id = attr(el, 'id');
      if (id) renamed(id);
      for (const inner of queryAll(el, '[id]')) renamed(attr(inner, 'id'));
    }
  };
  const left = (el) => {
    if (labelled(el)) relabel = true;
    if (drawsFrom.size) for (const inner of [el, ...queryAll(el, '*')]) {
      const drawn = drawsFrom.get(inner);
      if (drawn) { drawsFrom.delete(inner); headers.delete(inner); for (const other of drawn) markAt(other, other.localName === 'table' ? DEEP : SHALLOW); }
    }
  };
  const LABELLED = 'label,input,select,textarea,button,meter,progress,output';
  const labelled = (el) => matches(el, LABELLED) || query(el, LABELLED) !== null;
  const renamed = (id) => { const named = namedBy.get(id); if (named) for (const el of named) markAt(el, SHALLOW); };
  const reheaded = (table) => {
    const before = tables.get(table);
    if (before === undefined) return;
    tables.delete(table);
    const now = headOf(table);
    if (before.length !== now.length || before.some((th, i) => th !== now[i])) markDeep(table);
  };
  const remap = () => {
    const before = labels;
    labels = new Map();
    labelRoots.clear();
    for (const root of observed) if (root.nodeType === 9 ? root.defaultView : root.host?.isConnected) mapLabels(root);
    for (const control of new Set([...before.keys(), ...labels.keys()])) {
      const a = before.get(control) ?? [], b = labels.get(control) ?? [];
      if (a.length === b.length && a.every((label, i) => label === b[i])) continue;
      markAt(control, SHALLOW);
      for (const label of [...a, ...b]) markDeep(label);
    }
  };

  // ------------------------------------------------------------------------------------------ what nobody reports

  const inputValue = descriptor(HTMLInputElement.prototype, 'value'), inputType = descriptor(HTMLInputElement.prototype, 'type');
  const inputChecked = descriptor(HTMLInputElement.prototype, 'checked'), inputMixed = descriptor(HTMLInputElement.prototype, 'indeterminate');
  const held = (el) => {
    if (el.localName === 'input') {
      const type = inputType.call(el);
      if (type === 'checkbox' || type === 'radio') return inputMixed.call(el) ? 2 : inputChecked.call(el) ? 1 : 0;
      if (type === 'file') return el.files.length;
      return inputValue.call(el);
    }
    if (el.localName === 'select') return el.multiple ? Array.from(el.selectedOptions, (o) => o.index).join() : el.selectedIndex;
    return el.value;
  };
  let hovered = [], focusedNow = [], spots = new Map(), animated = new Set(), layers = '', size = '', hash = '';
  const chain = () => Array.from(under.values()).flat();
  const differ = (before, now, pseudo) => {
    const old = new Set(before);
    for (const el of now) if (!old.delete(el)) entered(el, pseudo);
    for (const el of old) entered(el, pseudo);
  };
  const entered = (el, pseudo) => {
    const far = sheets.opaque ? NEAR : reacts(el, pseudo);
    if (far === 0) return;
    restyled = true;
    if (far === ANYWHERE) everything = true;
    else if (far === SIDEWAYS) markAt(flatParent(el) ?? el, DEEP);
    else markDeep(el);
  };
  // The targets of all animations that run, in shadow roots, too.
  const animatedNow = () => {
    const out = new Set();
    for (const root of observed) for (const a of root.getAnimations?.() ?? []) if (a.effect?.target) out.add(a.effect.target);
    return out;
  };
  const poll = () => {
    const view = `${innerWidth} ${innerHeight} ${devicePixelRatio} ${matchMedia('(prefers-color-scheme: dark)').matches}`;
    if (view !== size) { size = view; everything = true; }
    if (location.hash !== hash) { hash = location.hash; if (sheets.tokens.has(':target')) everything = true; }
    if (fontsLoaded) { fontsLoaded = false; everything = true; }
    let above = '';
    for (const el of toppers) { if (!el.isConnected) toppers.delete(el); else if (matches(el, ':popover-open,:modal')) above += ` ${idOf(el)}`; }
    for (const doc of documents.keys()) if (doc.fullscreenElement) above += ` full ${idOf(doc.fullscreenElement)}`;
    if (above !== layers) { layers = above; everything = true; }
    const now = chain();
    if (everything) { hovered = now; return; }
    for (const u of withControls) {
      const { controls, values } = u;
      for (let i = 0; i < controls.length; i++) {
        const value = held(controls[i]);
        if (value === values[i]) continue;
        values[i] = value;
        mark(u, SHALLOW);
        for (const state of INPUT_STATES) entered(controls[i], state);
      }
    }
    const focus = [];
    for (const f of documents.values()) { const el = focusOf(f.doc); if (el) focus.push(el); }
    if (focus.length !== focusedNow.length || focus.some((el, i) => el !== focusedNow[i])) {
      const within = (list) => { const out = []; for (const el of list) for (let n = el; n && n.nodeType !== 9; n = flatParent(n)) if (n.nodeType === 1) out.push(n); return out; };
      for (const el of [...focus, ...focusedNow]) { markAt(el, SHALLOW); for (const state of [':focus', ':focus-visible', ':active']) entered(el, state); }
      differ(within(focusedNow), within(focus), ':focus-within');
      focusedNow = focus;
    }
    if (now.length !== hovered.length || now.some((el, i) => el !== hovered[i])) {
      differ(hovered, now, ':hover');
      if (sheets.states.has(':active')) for (const el of now) entered(el, ':active');
      hovered = now;
    }
    for (const el of scrollers) {
      if (!el.isConnected) { scrollers.delete(el); spots.delete(el); continue; }
      const spot = `${el.scrollLeft} ${el.scrollTop}`;
      const before = spots.get(el);
      if (before === spot) continue;
      spots.set(el, spot);
      if (before !== undefined) { mark(unitAt(el), DEEP); markDeep(el); restyled = true; }
    }
    const running = new Set();
    for (const target of animatedNow()) {
      running.add(target);
      animated.delete(target);
      markDeep(target);
    }
    for (const target of animated) if (target.isConnected) markDeep(target);
    if (running.size || animated.size) restyled = true;
    animated = running;
    for (const n of closedFrames.keys()) { // a frame that was loading when it was looked at
      const el = nodeOf(n);
      let doc = null;
      try { doc = el?.contentDocument ?? null; } catch { doc = null; }
      if (doc && bodyOf(doc) && el.isConnected) markAt(el, SHALLOW);
    }
    for (const el of suspects) {
      if (!el.isConnected || shadowRootOf(el)) { suspects.delete(el); if (el.isConnected) markDeep(el); }
    }
  };
  // A host of a closed shadow root, perhaps: only the debugging protocol can tell (cua.opened).
  const asked = new WeakSet();
  const suspect = (el) => { suspects.add(el); };
