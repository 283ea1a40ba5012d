// Where an element can be hit, what lies over it; and the pass itself.

  // ----------------------------------------------------------------------------------------------------- hit tests

  const hit = (doc, x, y) => {
    let el = Document.prototype.elementFromPoint.call(doc, x, y);
    for (let root = el && shadowRootOf(el); root; root = el && shadowRootOf(el)) {
      const inner = DocumentFragment.prototype.contains.call(root, el) ? null : root.elementFromPoint(x, y);
      if (!inner || inner === el) break;
      el = inner;
    }
    return el;
  };
  const flatParent = (node) => node.assignedSlot ?? (node.nodeType === 11 ? node.host : parentNodeOf(node));
  const inside = (el, node) => {
    for (let n = node; n; n = flatParent(n)) if (n === el) return true;
    return false;
  };
  // Whether a click on `got` reaches `el`: it is inside it, or inside a label of it.
  const reaches = (el, got) => {
    if (!got) return false;
    if (inside(el, got)) return true;
    const label = closest(got, 'label');
    return label !== null && label.control === el;
  };
  // Points worth trying, best first, in the coordinates of the element's own viewport and cut to what is visible of it.
  const pointsOf = (el, view) => {
    const out = [];
    const rects = Array.from(rectsOf(el)).filter((r) => r.width > 0 && r.height > 0).slice(0, 8);
    const whole = rectOf(el);
    for (const r of rects.length > 1 ? [whole, ...rects] : [whole]) {
      const l = Math.max(r.left, view[0]), t = Math.max(r.top, view[1]), x = Math.min(r.right, view[2]), b = Math.min(r.bottom, view[3]);
      if (x <= l || b <= t) continue;
      out.push([(l + x) / 2, (t + b) / 2]);
    }
    const l = Math.max(whole.left, view[0]), t = Math.max(whole.top, view[1]), x = Math.min(whole.right, view[2]), b = Math.min(whole.bottom, view[3]);
    if (x > l && b > t) for (const [fx, fy] of [[0.25, 0.5], [0.75, 0.5], [0.5, 0.25], [0.5, 0.75], [0.1, 0.1], [0.9, 0.9], [0.1, 0.9], [0.9, 0.1]]) {
      out.push([l + (x - l) * fx, t + (b - t) * fy]);
    }
    return out;
  };

  const markCovered = () => {
    for (const [row, el, frame] of checks) {
      const points = pointsOf(el, frame.view);
      if (!points.length) continue;
      let ok = false;
      for (let i = 0; i < points.length && i < 5 && !ok; i++) ok = reaches(el, hit(frame.doc, points[i][0], points[i][1]));
      if (ok && frame.index && frame.doc !== document) {
        // through the frames above: the iframe itself must be what is hit there
        let f = frame, x = points[0][0], y = points[0][1];
        while (f.win !== globalThis && ok) {
          const holder = f.win.frameElement;
          const r = rectOf(holder);
          x += r.left + holder.clientLeft; y += r.top + holder.clientTop;
          ok = hit(holder.ownerDocument, x, y) === holder;
          f = { win: holder.ownerDocument.defaultView };
        }
      }
      if (!ok) row[5] |= S.covered;
    }
  };

  // ----------------------------------------------------------------------------------------------------- the pass

  const begin = () => {
    rows = []; acc = []; vis = []; block = null; frames = []; checks = []; foreign = [];
    labels = new Map(); labelRoots.clear(); headers = new Map(); tables.clear();
  };
  const end = () => { labels = new Map(); labelRoots.clear(); headers = new Map(); tables.clear(); checks = []; };

  const read = (key, spot) => {
    cua.key = key;
    begin();
    readDocument(document, globalThis, 0, spot ?? [0, 0, 0, 0, innerWidth, innerHeight]);
    markCovered();
    const out = { rows: rows.filter((row) => row !== null), frames, foreign, url: location.href, title: titleOf(document), width: innerWidth, height: innerHeight,
      ready: document.readyState, mutations: cua.mutations };
    end();
    return JSON.stringify(out);
  };

  // Role and name of one node as a pass would say them now; null where it is not to be seen any more.
  const readOne = (el) => {
    const doc = el.ownerDocument, win = doc.defaultView;
    begin();
    mapLabels(rootOf(el));
    if (rootOf(el) !== doc) mapLabels(doc);
    F = { doc, win, dx: 0, dy: 0, index: 0, view: [0, 0, win.innerWidth, win.innerHeight], sx: win.scrollX, sy: win.scrollY, focus: null,
      range: Document.prototype.createRange.call(doc), files: true, styleOf: win.getComputedStyle.bind(win), rtl: true };
    const above = flatParent(el);
    const cursor = above && above.nodeType === 1 ? F.styleOf(above).cursor : 'auto';
    const ctx = { parent: 0, unseen: false, invisible: false, inert: false, cursor, clip: EVERYWHERE, scroll: EVERYWHERE, absClip: EVERYWHERE,
      absScroll: EVERYWHERE, clickable: false, said: false, mute: false };
    visit(el, ctx);
    const n = ids.get(el);
    const row = rows.find((r) => r !== null && r[0] === n) ?? null;
    end();
    return row;
  };

  globalThis.cua = {
    key: '', mutations: 0, read, readOne, STATES, top,
    idOf, nodeOf, id: (node) => `${top.cua.key}.${top.cua.idOf(node)}`,
    watchRoots: (fn) => { observeRoot = fn; },
    tools: { S, hit, reaches, inside, flatParent, pointsOf, rectOf, attr, closest, matches, labelsOf, labelText, squeeze, textOf, rootOf,
      query, queryAll, getAction, shown, contains, INTERACTIVE, begin, end, focusOf, parentNodeOf, styleOf },
  };
