// The paint: whether a person can see there what was read. Contrast, size, and what is painted over without taking clicks.

  const CSS_RGB = /^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/;
  let ink = null;
  // [r, g, b, alpha], 0..255 and 0..1, of any computed colour.
  const colour = (value) => {
    const plain = CSS_RGB.exec(value);
    if (plain) return [Number(plain[1]), Number(plain[2]), Number(plain[3]), plain[4] === undefined ? 1 : Number(plain[4])];
    ink ??= new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    ink.clearRect(0, 0, 1, 1);
    ink.fillStyle = value;
    ink.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = ink.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (a, b) => [0, 1, 2].map((i) => a[i] * a[3] + b[i] * (1 - a[3])).concat(1);
  const luminance = (c) => {
    const [r, g, b] = c.slice(0, 3).map((v) => { const s = v / 255; return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  // WCAG 2 contrast ratio, 1..21.
  const contrast = (a, b) => {
    const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  const FAINT = 1.1;
  const PICTURES = new Set(['img', 'canvas', 'video', 'svg', 'iframe', 'object', 'embed', 'picture', 'image']);
  const opacityOf = (el) => {
    let all = 1;
    for (let n = el; n; n = flatParent(n)) if (n.nodeType === 1) all *= Number(styleOf(n).opacity);
    return all;
  };
  const drawn = (el, which) => { const content = getComputedStyle(el, which).content; return content !== 'none' && content !== 'normal' && content !== '""'; };
  // Everything painted at a point, topmost first, through shadow roots.
  const stackAt = (doc, x, y) => {
    const out = [], entered = new Set();
    const add = (root) => {
      entered.add(root);
      for (const el of root.elementsFromPoint(x, y)) {
        if (out.includes(el)) continue;
        const inner = rootUnder(el);
        if (inner && !entered.has(inner)) add(inner);
        if (!out.includes(el)) out.push(el);
      }
    };
    add(doc);
    return out;
  };
  // Does `look` while everything takes part in hit tests, what is `pointer-events: none` too. No mutation is reported, and
  // nothing of the page runs meanwhile.
  const allPainted = (doc, look) => {
    const roots = [doc];
    const sheet = new doc.defaultView.CSSStyleSheet();
    sheet.replaceSync('*,*::before,*::after{pointer-events:auto!important}');
    const walk = (root) => { for (const el of queryAll(root, '*')) { const inner = rootUnder(el); if (inner) { roots.push(inner); walk(inner); } } };
    walk(doc);
    const before = roots.map((root) => [root, Array.from(root.adoptedStyleSheets)]);
    try {
      for (const [root, sheets] of before) root.adoptedStyleSheets = [...sheets, sheet];
      return look();
    } finally {
      for (const [root, sheets] of before) root.adoptedStyleSheets = sheets;
    }
  };

  // ------------------------------------------------------------------------------------------------- can it be read

  const parentOf = (node) => { const n = parentNodeOf(node); return n.nodeType === 11 ? n.host : n; };
  // The background under a point of `el`: a colour, or null where it cannot be told from style alone (pictures, gradients).
  const groundOf = (el, stack) => {
    const layers = [];
    let at = -1;
    for (let n = el; n && at < 0; n = flatParent(n)) at = stack.indexOf(n);
    if (at < 0) return null;
    for (const n of stack.slice(at)) {
      const style = styleOf(n);
      if (PICTURES.has(n.localName) || style.backgroundImage !== 'none' || style.mixBlendMode !== 'normal' || style.filter !== 'none' ||
        style.backdropFilter !== 'none' || drawn(n, '::before') || drawn(n, '::after')) return null;
      const c = colour(style.backgroundColor);
      if (c[3] > 0) layers.push(c);
      if (c[3] > 0.99) break;
    }
    if (layers.length === 0 || layers[layers.length - 1][3] <= 0.99) {
      if (/dark/.test(styleOf(bodyOf(el.ownerDocument)).colorScheme) || frameOf(el) !== globalThis) return null;
      layers.push([255, 255, 255, 1]);
    }
    return layers.reduceRight((below, layer) => over(layer, below));
  };
  // The pieces of text that make up what it says: [text node, its box].
  const textsIn = (el, most = 12) => {
    const out = [];
    const walk = (node) => {
      if (out.length >= most) return;
      if (node.nodeType === 3) {
        if (!/\S/.test(node.data)) return;
        const range = Document.prototype.createRange.call(node.ownerDocument);
        range.selectNodeContents(node);
        const r = range.getBoundingClientRect();
        if (r.width > 0 || r.height > 0 || parseFloat(styleOf(parentNodeOf(node)).fontSize) === 0) out.push([node, r]);
        return;
      }
      if (node.nodeType !== 1 || SKIPPED.has(node.localName) || node.localName === 'select' || node.localName === 'textarea') return;
      if (node.localName === 'slot' && node.assignedNodes().length) { for (const kid of node.assignedNodes()) walk(kid); return; }
      for (const kid of childNodesOf(rootUnder(node) ?? node)) walk(kid);
    };
    walk(el);
    return out;
  };
  // Without those of controls inside it and of single marks, where there are others.
  const ownTexts = (node) => {
    const found = textsIn(node).filter(([text]) => squeeze(text.data)); // a space without width holds a line open
    const own = found.filter(([text]) => { const n = closest(parentOf(text), ACTS); return !n || n === node || !inside(node, n) || sizeOf(n) >= 0.6 * sizeOf(node); });
    const long = (own.length ? own : found).filter(([text]) => /\p{L}{2}/u.test(text.data));
    return long.length ? long : own.length ? own : found;
  };
  // Whether a person can read this piece. Where style does not tell, it is taken as readable.
  const readable = (node, r, stack) => {
    const el = parentOf(node), style = styleOf(el);
    if (style.visibility !== 'visible') return false;
    if (parseFloat(style.fontSize) < 2.5 || r.height < 2.5 || r.width < 1) return false;
    if (style.textShadow !== 'none' || parseFloat(style.webkitTextStrokeWidth) > 0) return true;
    for (let n = el; n; n = flatParent(n)) if (n.nodeType === 1 && styleOf(n).backgroundClip.includes('text')) return true;
    const fill = colour(style.webkitTextFillColor);
    if (fill[3] < 0.05) return false;
    const ground = groundOf(el, stack);
    return ground === null || contrast(over(fill, ground), ground) >= FAINT;
  };
  const faint = (doc, [node, r]) => {
    const x = (r.left + r.right) / 2, y = (r.top + r.bottom) / 2;
    if (readable(node, r, stackAt(doc, x, y))) return false;
    return r.height < 2.5 || !allPainted(doc, () => readable(node, r, stackAt(doc, x, y)));
  };
  // Pictures, icons, marks of a style sheet: what it shows beside text.
  const signs = (el) => {
    const some = [el, ...Array.from(queryAll(el, '*')).slice(0, 40)];
    return some.some((n) => PICTURES.has(n.localName) || ['input', 'textarea', 'select'].includes(n.localName) || styleOf(n).backgroundImage !== 'none' ||
      styleOf(n).maskImage !== 'none' || drawn(n, '::before') || drawn(n, '::after') || rootUnder(n) !== null);
  };
  const TELLING = set('button link tab menuitem menuitemcheckbox menuitemradio option switch heading text');
  const CONTROLS = new Set(['input', 'textarea', 'select']);

  // A control of which nothing is to be seen: its label stands for it.
  const absent = (el) => { const r = rectOf(el); return r.width < 4 || r.height < 4 || opacityOf(el) < 0.05 || !shown(el); };
  // A label of words that cannot be read, with nothing drawn beside them.
  const blank = (label) => {
    const pieces = textsIn(label).filter(([text]) => squeeze(text.data));
    if (pieces.length === 0 || !pieces.every((piece) => faint(label.ownerDocument, piece))) return false;
    return ![label, ...Array.from(queryAll(label, '*')).slice(0, 40)].some((n) => PICTURES.has(n.localName) || styleOf(n).backgroundImage !== 'none' ||
      styleOf(n).maskImage !== 'none' || drawn(n, '::before') || drawn(n, '::after') || (n !== label && parseFloat(styleOf(n).borderTopWidth) > 0));
  };
  // A field that is drawn once it has the focus (Material): whether its name is to be read where it will be.
  const announced = (el, name) => {
    let around = el;
    while (around && around.nodeType !== 9 && (around.nodeType !== 1 || opacityOf(around) < 0.05)) around = flatParent(around);
    const r = rectOf(el);
    return around?.nodeType === 1 && name !== '' && textsIn(around).some((piece) => squeeze(piece[0].data).replace(/ ?\*$/, '') === name &&
      piece[1].left < r.right && piece[1].right > r.left && piece[1].top < r.bottom + 8 && piece[1].bottom > r.top - 8 && !faint(el.ownerDocument, piece));
  };
  // Why a person would not see there what was read: '' where they would.
  const unseen = (el, label, node, want, state) => {
    // A control that is made transparent has something drawn in its place.
    if (CONTROLS.has(el.localName) && !['submit', 'button', 'reset'].includes(el.type)) {
      if (Math.max(opacityOf(flatParent(el)), label ? opacityOf(label) : 0) < 0.05) return announced(el, want.name) ? '' : 'it is transparent';
      return label && absent(el) && blank(label) ? 'its label cannot be seen' : '';
    }
    if (opacityOf(el) < 0.05) return 'it is transparent';
    const doc = el.ownerDocument;
    const pieces = ownTexts(node);
    if (pieces.length === 0) return '';
    if (pieces.every((piece) => faint(doc, piece)) && !signs(el)) return 'its text cannot be seen';
    if (label || node.nodeType === 3) return '';
    const other = state & S.renamed && !(state & POPUP) && NAMED_BY_TEXT.has(want.role) ? contradiction(pieces, want.name) : '';
    return other ? `what is to be read on it is "${other}"` : hiddenText(el, pieces);
  };
  // What it says to the eye, where that has no word in common with its name; '' where it has, or says next to nothing.
  // Words in a font of icons are pictures (ligatures).
  const POPUP = S.haspopup | S.expanded | S.collapsed;
  const NAMED_BY_TEXT = set('button link menuitem tab');
  const tokens = (text) => (text.toLowerCase().match(/\p{L}{2,}/gu) ?? []).map((word) => word.slice(0, 4));
  const contradiction = (pieces, name) => {
    const written = pieces.filter(([node]) => !/icon|symbol|awesome|glyph/i.test(styleOf(parentOf(node)).fontFamily));
    const text = squeeze(written.map(([node]) => node.data).join(' ')), said = tokens(text), named = new Set(tokens(name));
    return said.join('').length < 4 || named.size === 0 || said.some((word) => named.has(word)) ? '' : text.slice(0, 60);
  };
  const NARROW = set('a button summary option');
  // Whether all of its text is under something else, though a corner of it is free.
  const hiddenText = (el, pieces) => {
    if (!NARROW.has(el.localName) && !TELLING.has(attr(el, 'role') ?? '')) return '';
    const view = viewOf(frameOf(el));
    let cover = null, asked = 0;
    for (const [, r] of pieces) {
      for (const f of [0.15, 0.5, 0.85]) {
        const x = r.left + f * r.width, y = (r.top + r.bottom) / 2;
        if (!within(view, x, y)) continue;
        const got = cloaked(el, x, y);
        asked++;
        if (!got) return '';
        cover ??= got;
      }
    }
    return asked > 0 ? `its text is covered by ${words(cover)}` : '';
  };

  // --------------------------------------------------------------------------------------- painted over, without taking clicks

  // How much of what is below an element hides there, 0..1.
  const cloaks = (el, x, y) => {
    const style = styleOf(el), all = opacityOf(el);
    if (style.visibility !== 'visible' || all < 0.05) return 0;
    let alpha = colour(style.backgroundColor)[3];
    if (style.backgroundImage !== 'none') {
      const stops = style.backgroundImage.match(/rgba?\([^)]*\)|(?:color|lab|lch|oklab|oklch)\([^)]*\)/g);
      alpha = Math.max(alpha, stops ? Math.min(...stops.map((c) => colour(c)[3])) : 1);
    }
    if (PICTURES.has(el.localName)) alpha = Math.max(alpha, alphaAt(el, x, y));
    return Math.max(alpha, pseudoAt(el)) * all;
  };
  // The same of what a style sheet lays over an element's content.
  const pseudoAt = (el) => {
    let alpha = 0;
    for (const which of ['::before', '::after']) {
      const part = getComputedStyle(el, which);
      if (part.content !== 'none' && part.content !== 'normal' && (part.position === 'absolute' || part.position === 'fixed')) {
        alpha = Math.max(alpha, colour(part.backgroundColor)[3] * Number(part.opacity));
      }
    }
    return alpha;
  };
  // How opaque a picture is at a point; one that may not be looked into counts as opaque.
  const alphaAt = (el, x, y) => {
    if (el.localName === 'svg' || el.localName === 'picture') return 0;
    if (!['img', 'canvas', 'video'].includes(el.localName)) return 1;
    const r = rectOf(el);
    const width = el.naturalWidth ?? el.videoWidth ?? el.width, height = el.naturalHeight ?? el.videoHeight ?? el.height;
    if (!width || !height || !r.width || !r.height) return 0;
    try {
      const spot = new OffscreenCanvas(1, 1).getContext('2d');
      spot.drawImage(el, Math.floor((x - r.left) / r.width * width), Math.floor((y - r.top) / r.height * height), 1, 1, 0, 0, 1, 1);
      return spot.getImageData(0, 0, 1, 1).data[3] / 255;
    } catch { return 1; }
  };
  // SVG shapes paint, their root does not.
  const SHAPES = set('path rect circle ellipse polygon polyline image use');
  const cloaked = (el, x, y) => {
    let left = 1, what = null;
    const stack = stackAt(el.ownerDocument, x, y);
    if (!stack.some((n) => inside(el, n))) return null;
    for (const n of stack) {
      if (inside(el, n)) break;
      if (inside(n, el)) {
        const part = pseudoAt(n);
        if (part > 0.05) what ??= n;
        left *= 1 - part;
        continue;
      }
      const shape = SHAPES.has(n.localName) && n.namespaceURI.endsWith('svg') && styleOf(n).fill !== 'none';
      const part = shape ? colour(styleOf(n).fill)[3] * opacityOf(n) : cloaks(n, x, y);
      if (part > 0.05) what ??= n;
      left *= 1 - part;
    }
    return left < 0.5 ? what : null;
  };
  // Foreign words across its own: [their element] where they are as wide as what it says.
  const scrawled = (el, pieces) => {
    for (const [, r] of pieces) {
      for (const n of stackAt(el.ownerDocument, (r.left + r.right) / 2, (r.top + r.bottom) / 2)) {
        if (inside(el, n) || inside(n, el)) break;
        for (const kid of childNodesOf(n)) {
          if (kid.nodeType !== 3 || !/\S/.test(kid.data) || opacityOf(n) < 0.2) continue;
          const range = Document.prototype.createRange.call(n.ownerDocument);
          range.selectNodeContents(kid);
          const box = range.getBoundingClientRect();
          const wide = Math.min(box.right, r.right) - Math.max(box.left, r.left), high = Math.min(box.bottom, r.bottom) - Math.max(box.top, r.top);
          if (wide > 0.5 * r.width && high > 0.3 * r.height) return n;
        }
      }
    }
    return null;
  };
  // Asked only where something that takes no clicks was found on top: another point, or why a person would not click here.
  cua.painted = (n) => {
    const node = nodeOf(n);
    if (!node || !node.isConnected) return JSON.stringify({ stale: 'it is gone from the page' });
    const el = elementOf(node), label = node === el ? labelFor(el) : null, doc = el.ownerDocument;
    const target = rectOf(el).width > 1 && opacityOf(el) > 0.05 ? el : label ?? el;
    const said = allPainted(doc, () => {
      const pieces = textsIn(node.nodeType === 3 ? node : target).filter(([, r]) => r.width > 0);
      const points = pieces.length ? pieces.flatMap(([, r]) => [0.1, 0.3, 0.5, 0.7, 0.9].map((f) => [r.left + f * r.width, (r.top + r.bottom) / 2]))
        : pointsOf(target, viewOf(frameOf(el))).slice(0, 5);
      const covers = points.map(([x, y]) => cloaked(target, x, y));
      const gone = covers.filter((cover) => cover !== null);
      if (points.length && gone.length >= 0.6 * points.length) return { failed: `${words(gone[0])} is painted over it` };
      const scrawl = target === el && CONTROLS.has(el.localName) ? null : scrawled(target, pieces);
      if (scrawl) return { failed: `other words are painted over it: ${words(scrawl)}` };
      return {};
    });
    if (said.failed) return JSON.stringify(said);
    const points = [];
    clickPoint(node, label, (x, y, out) => { points.push([x, y, out]); return false; });
    const free = allPainted(doc, () => points.find(([x, y]) => cloaked(target, x, y) === null));
    if (!free) return JSON.stringify({ failed: 'something that takes no clicks is painted over it' });
    return JSON.stringify({ x: free[2].x, y: free[2].y });
  };
