// Scroll containers: where a page shows only a part of what it has, for those who look for what it draws on demand.

  const TEXT_FIELDS = set('textarea input select');
  const OVERLAYS = '[role=menu],[role=listbox],[role=dialog],[role=alertdialog],[popover],dialog';
  const HOLDERS = '[role=grid],[role=treegrid],[role=table],[role=list],[role=listbox],[role=tree],[role=feed],[role=log],table,ul,ol';
  const ROWS = '[role=row],[role=listitem],[role=option],[role=treeitem],[role=article],tr,li';
  const LEAST_SIDE = 40; // CSS px; what is narrower is a scroll bar of its own, or a line

  const AXES = { y: ['scrollTop', 'scrollHeight', 'clientHeight', 'top', 'overflowY', 'column-reverse'],
    x: ['scrollLeft', 'scrollWidth', 'clientWidth', 'left', 'overflowX', 'row-reverse'] };
  // How far it is scrolled, the least and the most it can be, how much of it is to be
  // seen, and where that begins in the top viewport; CSS px.
  const extent = (el, axis) => {
    const [at, whole, part, , , reverse] = AXES[axis], style = styleOf(el);
    const room = Math.max(0, el[whole] - el[part]);
    const backwards = (style.display.endsWith('flex') && style.flexDirection === reverse) || (axis === 'x' && style.direction === 'rtl');
    const f = documents.get(el.ownerDocument), edge = isWindow(el) ? 0 : axis === 'y' ? rectOf(el).top + el.clientTop : rectOf(el).left + el.clientLeft;
    return { at: el[at], least: backwards ? -room : 0, most: backwards ? 0 : room, part: el[part], start: edge + (f ? (axis === 'y' ? f.dy : f.dx) : 0) };
  };
  const isWindow = (el) => el === el.ownerDocument.scrollingElement;
  const scrolls = (el, axis) => {
    const [, whole, part, , overflow] = AXES[axis];
    return el[whole] > el[part] + 1 && /auto|scroll/.test(isWindow(el) ? 'auto' : styleOf(el)[overflow]);
  };
  const fixedIn = (node) => {
    for (let n = node; n && n.nodeType !== 9; n = flatParent(n)) if (n.nodeType === 1 && styleOf(n).position === 'fixed') return true;
    return false;
  };
  // What is to be seen of it, in its own viewport; null where that is nothing, or something else lies over all of it.
  const openArea = (el) => {
    const win = frameOf(el), window_ = isWindow(el), r = rectOf(el);
    const l = window_ ? 0 : Math.max(0, r.left), t = window_ ? 0 : Math.max(0, r.top);
    const width = (window_ ? win.innerWidth : Math.min(win.innerWidth, r.right)) - l, height = (window_ ? win.innerHeight : Math.min(win.innerHeight, r.bottom)) - t;
    if (width < LEAST_SIDE || height < LEAST_SIDE || !shown(el)) return null;
    for (const down of [0.5, 0.25, 0.75]) for (const across of [0.5, 0.25, 0.75]) {
      const x = l + width * across, y = t + height * down, got = hit(el.ownerDocument, x, y);
      if (!got || !inside(el, got) || (window_ && fixedIn(got))) continue;
      const out = outwards(win, x, y);
      if (out.cover === null && out.x >= 0 && out.y >= 0 && out.x < innerWidth && out.y < innerHeight) return { l, t, width, height };
    }
    return null;
  };
  const modalIn = (doc) => Array.from(queryAll(doc, ':modal,[aria-modal="true"]')).some((el) => shown(el) && rectOf(el).width > 0);
  const lineage = (el) => { const out = []; for (let n = el; n && n.nodeType !== 9; n = flatParent(n)) if (n.nodeType === 1) out.push(n); return out; };
  const overlay = (el) => lineage(el).some((n) => matches(n, OVERLAYS));
  // Whether `a`, which does not stand in `b`, is painted over it.
  const liesOver = (a, b) => {
    if (a.el.ownerDocument !== b.el.ownerDocument || inside(a.el, b.el) || inside(b.el, a.el)) return false;
    const l = Math.max(a.l, b.l), t = Math.max(a.t, b.t), r = Math.min(a.l + a.width, b.l + b.width), m = Math.min(a.t + a.height, b.t + b.height);
    return l < r && t < m && inside(a.el, hit(a.el.ownerDocument, (l + r) / 2, (t + m) / 2));
  };

  // Those that are to be seen and can be scrolled, the likeliest to hold something first: what lies over others, the largest,
  // the window last. `near`: only those around this node or in it.
  cua.scrollers = (near) => {
    const node = near ? nodeOf(near) : null;
    if (near && !node) return '[]';
    const found = [];
    const add = (el) => {
      if (!el?.isConnected || TEXT_FIELDS.has(el.localName) || (node && !inside(el, node) && !inside(node, el))) return;
      const axes = ['y', 'x'].filter((axis) => scrolls(el, axis));
      const area = axes.length > 0 ? openArea(el) : null;
      if (area !== null) found.push({ el, axes, window_: isWindow(el), ...area });
    };
    for (const el of scrollers) if (!isWindow(el)) add(el);
    for (const f of documents.values()) if (f.win && !modalIn(f.doc)) add(f.doc.scrollingElement);
    for (const one of found) one.over = found.filter((other) => liesOver(one, other)).length;
    found.sort((a, b) => a.window_ - b.window_ || b.over - a.over || b.width * b.height - a.width * a.height);
    const told = ({ el, window_ }, axis) => ({ n: idOf(el), axis, ...extent(el, axis), window: window_, overlay: overlay(el),
      around: window_ ? [] : lineage(el).map(idOf), inner: window_ ? [] : Array.from(queryAll(el, HOLDERS)).slice(0, 3).map(idOf) });
    return JSON.stringify(['y', 'x'].flatMap((axis) => found.filter((one) => one.axes.includes(axis)).map((one) => told(one, axis))));
  };
  // Its rows, by their role, or else what stands side by side in it.
  const rowsIn = (el) => {
    const rows = queryAll(el, ROWS);
    if (rows.length > 0) return rows;
    for (let inner = el; ;) {
      const below = queryAll(inner, ':scope > *');
      if (below.length !== 1) return below;
      inner = below[0];
    }
  };
  // How far, beyond what is to be seen, it is drawn without a gap: before and after, CSS px. Rows that hold nothing are
  // fillers; those that hold what their neighbour holds are waiting to be filled.
  const drawnBeyond = (el, axis) => {
    const [start, end, low, high] = axis === 'y' ? ['top', 'bottom', el.clientTop, el.clientHeight] : ['left', 'right', el.clientLeft, el.clientWidth];
    const from = isWindow(el) ? 0 : rectOf(el)[start] + low, to = from + high;
    const rows = [];
    let said = '';
    if (axis === 'y') for (const row of rowsIn(el)) {
      const text = squeeze(row.textContent ?? ''), r = rectOf(row);
      if (text && text !== said && r.height > 0) rows.push([r[start], r[end]]);
      said = text;
    }
    rows.sort((a, b) => a[0] - b[0]);
    let last = to, first = from;
    for (const [a, b] of rows) if (a <= last + 2 && b > last) last = b;
    for (const [a, b] of rows.reverse()) if (b >= first - 2 && a < first) first = a;
    return { before: from - first, after: last - to };
  };
  // Scroll it to there at once, whatever its style says; where it is once that is drawn (a frame without a change, or
  // twelve frames), null where it is gone.
  cua.roll = async (n, axis, to) => {
    const el = nodeOf(n);
    if (!el || !el.isConnected) return 'null';
    if (to !== null) el.scrollTo({ [AXES[axis][3]]: to, behavior: 'instant' });
    for (let i = 0, before = -1; i < 12 && (i < 2 || before !== cua.mutations); i++) { before = cua.mutations; await nextFrame(); }
    return JSON.stringify({ ...extent(el, axis), ...drawnBeyond(el, axis) });
  };
