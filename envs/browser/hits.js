// Where an element can be hit, what lies over it; and the pass itself.

  // ----------------------------------------------------------------------------------------------------- hit tests

  const hit = (doc, x, y) => {
    let el = Document.prototype.elementFromPoint.call(doc, x, y);
    for (let root = el && rootUnder(el); root; root = el && rootUnder(el)) {
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
    if (inside(el, got) || (stages.has(el) && inside(stages.get(el), got))) return true;
    const label = closest(got, 'label');
    return label !== null && label.control === el;
  };
  // What does something of its own when it is clicked, so that a click on it is not one on what it stands in.
  const ACTS = 'a[href],area[href],button,input,select,textarea,summary,label,iframe,video[controls],audio[controls],[contenteditable="false"],' +
    '[role=button],[role=link],[role=menuitem],[role=tab],[role=checkbox],[role=switch],[role=radio],[role=option],[onclick]';
  const COMPOSITE = set('listbox combobox tree grid treegrid');
  const sizeOf = (el) => { const r = rectOf(el); return r.width * r.height; };
  // Through shadow roots: the tick of a check box is an icon of its own.
  const labelAbove = (got) => {
    for (let n = got; n; n = flatParent(n)) if (n.localName === 'label') return n;
    return null;
  };
  // The same, for a click that is about to be sent: not on a control inside it that does something else.
  const lands = (el, got) => {
    if (!got) return false;
    if (stages.has(el) && inside(stages.get(el), got)) return true;
    const label = inside(el, got) ? null : labelAbove(got);
    if (label ? label.control !== el : !inside(el, got)) return false;
    const end = label ?? el;
    if (end === el && (COMPOSITE.has(attr(el, 'role')) || el.isContentEditable && got.isContentEditable)) return true;
    for (let n = got; n && n !== end; n = flatParent(n)) {
      if (n.nodeType !== 1 || n === el || !matches(n, ACTS)) continue;
      if (n.localName === 'label' && (n.control === null || n.control === el)) continue;
      if (label || sizeOf(n) < 0.6 * sizeOf(el)) return false;
    }
    return true;
  };
  const SPOTS = [[0.25, 0.5], [0.75, 0.5], [0.5, 0.25], [0.5, 0.75], [0.1, 0.1], [0.9, 0.9], [0.1, 0.9], [0.9, 0.1]];
  // Points worth trying, best first, in the coordinates of the element's own viewport and cut to what is visible of it.
  // `spots`: where in its box; a text is where its words are.
  const pointsOf = (el, view, spots = SPOTS) => {
    const out = [];
    let rects, whole;
    if (el.nodeType === 3) {
      const range = Document.prototype.createRange.call(el.ownerDocument);
      range.selectNodeContents(el);
      rects = Array.from(range.getClientRects()); whole = range.getBoundingClientRect();
    } else { rects = Array.from(rectsOf(el)); whole = rectOf(el); }
    rects = rects.filter((r) => r.width > 0 && r.height > 0).slice(0, 8);
    const cut = (r) => [Math.max(r.left, view[0]), Math.max(r.top, view[1]), Math.min(r.right, view[2]), Math.min(r.bottom, view[3])];
    for (const r of rects.length > 1 ? [whole, ...rects] : [whole]) {
      const [l, t, x, b] = cut(r);
      if (x <= l || b <= t) continue;
      out.push([(l + x) / 2, (t + b) / 2]);
    }
    const [l, t, x, b] = cut(whole);
    if (x > l && b > t) for (const [fx, fy] of spots) out.push([l + (x - l) * fx, t + (b - t) * fy]);
    return out;
  };

  // ---------------------------------------------------------------------------------------------------- through frames

  // The linear part of everything that transforms an element, [a, b, c, d]; null where it is seen in perspective.
  // Origins do not matter: the middle of a box stays the middle of its transformed box.
  const linearOf = (el) => {
    let m = null;
    for (let n = el; n; n = flatParent(n)) {
      if (n.nodeType !== 1) continue;
      const style = styleOf(n);
      if (style.perspective !== 'none' && m && !m.is2D) return null;
      const own = `${style.rotate === 'none' ? '' : `rotate${/^[xyz]|\d\s+\d/.test(style.rotate) ? '3d' : ''}(${axis(style.rotate)})`} ${
        style.scale === 'none' ? '' : `scale(${style.scale.split(' ').slice(0, 2).join(',')})`} ${style.transform === 'none' ? '' : style.transform}`.trim();
      if (!own) continue;
      const step = new DOMMatrix(own);
      if (step.m14 || step.m24 || step.m34) return null;
      m = m ? step.multiply(m) : step;
    }
    const zoom = el.currentCSSZoom ?? 1;
    return m ? [m.a * zoom, m.b * zoom, m.c * zoom, m.d * zoom] : [zoom, 0, 0, zoom];
  };
  // "45deg", "x 45deg" and "1 0 0 45deg" as the arguments of a function.
  const axis = (value) => {
    const parts = value.split(' ');
    if (parts.length === 1) return value;
    const turn = parts.pop();
    return [...(parts.length === 3 ? parts : { x: [1, 0, 0], y: [0, 1, 0], z: [0, 0, 1] }[parts[0]]), turn].join(',');
  };
  // From a point in the content of a frame to one of the viewport that the frame stands in: what it takes, or null.
  const mapOf = (holder) => {
    const line = linearOf(holder);
    if (!line) return null;
    const r = rectOf(holder), style = styleOf(holder);
    const width = holder.offsetWidth, height = holder.offsetHeight;
    const left = holder.clientLeft + (parseFloat(style.paddingLeft) || 0) - width / 2;
    const top_ = holder.clientTop + (parseFloat(style.paddingTop) || 0) - height / 2;
    const flat = line[0] === 1 && line[1] === 0 && line[2] === 0 && line[3] === 1;
    return flat ? { line, left: r.left + left + width / 2, top: r.top + top_ + height / 2, cx: 0, cy: 0 }
      : { line, left, top: top_, cx: (r.left + r.right) / 2, cy: (r.top + r.bottom) / 2 };
  };
  const mapped = ({ line: [a, b, c, d], left, top: up, cx, cy }, x, y) =>
    [cx + a * (x + left) + c * (y + up), cy + b * (x + left) + d * (y + up)];

  // The label of a control that is too small to be clicked itself.
  const standIn = (el, row) => {
    const tag = el.localName;
    if (stages.has(el)) return stages.get(el);
    if (tag !== 'input') return el;
    const r = rectOf(el);
    return (r.width <= 4 || r.height <= 4) && row[8] > 256 ? labelsOf(el)[0] ?? el : el;
  };
  const markCovered = (rows, frame) => {
    for (const row of rows) {
      const el = row[11];
      const points = pointsOf(row[5] & S.hidden ? el : standIn(el, row), frame.view);
      if (!points.length) continue;
      let ok = false;
      for (let i = 0; i < points.length && i < 5 && !ok; i++) ok = reaches(el, hit(frame.doc, points[i][0], points[i][1]));
      if (ok && frame.doc !== document) {
        // through the frames above: the iframe itself must be what is hit there
        let win = frame.win, [x, y] = points[0];
        while (win !== globalThis && ok) {
          const holder = win.frameElement, map = mapOf(holder);
          if (!map) break;
          [x, y] = mapped(map, x, y);
          ok = hit(holder.ownerDocument, x, y) === holder;
          win = holder.ownerDocument.defaultView;
        }
      }
      if (!ok) row[5] |= S.covered;
    }
  };

