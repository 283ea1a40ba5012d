// The reader: one pass over the flat tree of all frames that this document may look into, open shadow roots included.

  // ------------------------------------------------------------------------------------------------------ the walk

  // What a pass knows where it stands. Clips are the part of the viewport that overflow leaves visible: [l, t, r, b];
  // `abs` is the clip that counts for absolutely positioned children.
  const EVERYWHERE = [-1e9, -1e9, 1e9, 1e9];
  const meet = (a, b) => [Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])];

  let rows, acc, vis, block, frames, checks, foreign, F, observeRoot = () => {};

  const flush = () => {
    const b = block;
    if (!b) return;
    block = null;
    if (!b.own) return;
    const text = b.pre ? b.parts.join('').replace(/[^\S\n]+/g, ' ').trim() : squeeze(b.parts.join(''));
    if (!text) return;
    let box;
    if (b.first === b.last) {
      F.range.selectNodeContents(b.first);
    } else if (rootOf(b.first) === rootOf(b.last)) {
      F.range.setStart(b.first, 0);
      F.range.setEnd(b.last, b.last.data.length);
    } else F.range.selectNodeContents(b.first);
    box = F.range.getBoundingClientRect();
    if (box.width <= 0 || box.height <= 0) return;
    let m = place(box, b.clip, b.scroll);
    if (m < 0) return;
    rows[b.at] = [idOf(b.first), b.parent, 'text', text, null, m, box.left + F.dx, box.top + F.dy, box.width, box.height, F.index, { tag: '#text' }];
  };

  // Where a box is to be seen: 0 in the viewport, S.offscreen after scrolling, -1 never. `clip`: cut off by overflow that a
  // person cannot scroll; `scroll`: cut off by a scroller.
  const place = (r, clip, scroll) => {
    if (r.right <= clip[0] || r.bottom <= clip[1] || r.left >= clip[2] || r.top >= clip[3]) return -1;
    if ((!F.rtl && r.right + F.sx <= 0) || r.bottom + F.sy <= 0) return -1;
    if (r.right <= scroll[0] || r.bottom <= scroll[1] || r.left >= scroll[2] || r.top >= scroll[3]) return S.offscreen;
    return r.right <= F.view[0] || r.bottom <= F.view[1] || r.left >= F.view[2] || r.top >= F.view[3] ? S.offscreen : 0;
  };

  const WANTED = set('id name type placeholder title href autocomplete min max pattern download action level');
  const TESTIDS = ['data-testid', 'data-test-id', 'data-test', 'data-cy', 'data-qa'];

  const addText = (node, ctx) => {
    const data = node.data;
    acc.push(data);
    if (ctx.unseen || ctx.invisible) return;
    vis.push(data);
    if (ctx.mute) return;
    const empty = !/\S/.test(data);
    if (!block) {
      if (empty) return;
      block = { parts: [], own: false, first: node, last: node, parent: ctx.parent, clip: ctx.clip, scroll: ctx.scroll, pre: false,
        at: rows.push(null) - 1 };
    }
    if (!empty) {
      block.last = node;
      if (!ctx.said) block.own = true;
      if (/\S[^\S]*\n[^\S]*\S/.test(data) && parentNodeOf(node).nodeType === 1 && styleOf(parentNodeOf(node)).whiteSpaceCollapse?.startsWith('preserve')) block.pre = true;
    }
    block.parts.push(block.pre ? data : data.replace(/\s+/g, ' '));
  };

  const walkChildren = (el, tag, host, ctx) => {
    if (tag === 'details' && !el.open) { const s = child(el, 'summary'); if (s) step(s, ctx); return; }
    if (attr(el, 'hidden') === 'until-found') return;
    if (tag === 'slot') {
      const assigned = el.assignedNodes();
      if (assigned.length) { for (const node of assigned) step(node, ctx); return; }
    }
    for (let node = firstChildOf(host ?? el); node; node = nextSiblingOf(node)) step(node, ctx);
  };
  const step = (node, ctx) => {
    const type = node.nodeType;
    if (type === 3) addText(node, ctx);
    else if (type === 1) visit(node, ctx);
  };

  const visit = (el, ctx) => {
    const tag = el.localName;
    if (SKIPPED.has(tag)) return;
    const style = F.styleOf(el);
    const display = style.display;
    if (display === 'none') { hiddenInputs(el, tag, ctx); return; }
    if (tag === 'br') { acc.push(' '); vis.push(' '); if (block) block.parts.push(block.pre ? '\n' : ' '); return; }
    if (tag === 'option' || tag === 'optgroup') return;

    // ---- attributes, in one go
    const a = { label: null, labelledby: null, title: null, placeholder: null, states: null, editable: false, aria: true,
      valuenow: null, valuetext: null };
    const kept = { tag };
    let explicit = null, tabbed = false, listens = false;
    for (const name of attrNames(el)) {
      if (name === 'class' || name === 'style') continue;
      if (WANTED.has(name)) { kept[name] = attr(el, name); if (name === 'title') a.title = kept.title; else if (name === 'placeholder') a.placeholder = kept.placeholder; continue; }
      switch (name) {
        case 'role': explicit = attr(el, name); break;
        case 'tabindex': tabbed = el.tabIndex >= 0; break;
        case 'onclick': case 'onmousedown': case 'onmouseup': case 'onpointerdown': case 'onpointerup': case 'ondblclick': listens = true; break;
        case 'contenteditable': { const v = attr(el, name).toLowerCase(); a.editable = v === '' || v === 'true' || v === 'plaintext-only'; break; }
        case 'aria-label': a.label = attr(el, name); break;
        case 'aria-labelledby': a.labelledby = attr(el, name); break;
        case 'aria-valuenow': a.valuenow = attr(el, name); break;
        case 'aria-valuetext': a.valuetext = attr(el, name); break;
        case 'aria-level': kept.level = attr(el, name); break;
        case 'aria-colindex': kept.colindex = attr(el, name); break;
        case 'aria-rowindex': kept.rowindex = attr(el, name); break;
        default:
          if (name.startsWith('aria-')) (a.states ??= []).push([name, attr(el, name)]);
          else if (TESTIDS.includes(name)) kept.testid = attr(el, name);
      }
    }
    let role = roleOf(el, tag, explicit);
    if (a.editable && (!role || DROPPED.has(role))) role = 'textbox';
    const cursor = style.cursor;
    if (!role || DROPPED.has(role)) {
      const pointer = cursor === 'pointer' && ctx.cursor !== 'pointer' && tag !== 'label' && !ctx.clickable;
      if (pointer || listens || (tabbed && tag !== 'body' && tag !== 'html')) { role = role && role !== 'none' && role !== 'presentation' ? role : 'generic'; listens = true; } else role = '';
    } else if (!INTERACTIVE.has(role) && (tabbed || (cursor === 'pointer' && ctx.cursor !== 'pointer' && !ctx.clickable)) && tag !== 'iframe') listens = true;

    // ---- what is to be seen
    const position = style.position;
    let unseen = ctx.unseen || style.opacity === '0';
    const seen = style.visibility === 'visible';
    let clip = position === 'absolute' ? ctx.absClip : position === 'fixed' ? F.view : ctx.clip;
    let scroll = position === 'absolute' ? ctx.absScroll : position === 'fixed' ? F.view : ctx.scroll;
    const overflow = style.overflowY;
    let rect = null;
    let innerClip = clip, innerScroll = scroll;
    if (overflow !== 'visible' && tag !== 'body' && tag !== 'html' && display !== 'inline') {
      rect = rectOf(el);
      const edge = [rect.left, rect.top, rect.right, rect.bottom];
      if (overflow === 'auto' || overflow === 'scroll') innerScroll = meet(scroll, edge);
      else {
        innerClip = meet(clip, edge);
        if (rect.width <= 1 || rect.height <= 1) unseen = true;
      }
    }
    if ((position === 'absolute' || position === 'fixed') && (style.clip === 'rect(0px, 0px, 0px, 0px)' || CUT.test(style.clipPath))) unseen = true;
    else if (role && CUT.test(style.clipPath)) unseen = true;
    const inert = ctx.inert || el.inert === true;

    // ---- the element itself
    const outerBlock = !(INLINE.test(display));
    if (outerBlock) { flush(); acc.push(' '); vis.push(' '); } else if (display !== 'inline' && display !== 'contents') { acc.push(' '); vis.push(' '); if (block) block.parts.push(' '); }
    const at = acc.length, visAt = vis.length;
    let row = null, stated = null, fromContent = false;
    let parent = ctx.parent;
    if (role) {
      rect ??= rectOf(el);
      if (!rect.width && !rect.height && display === 'contents') rect = null;
      let m = statesOf(el, tag, role, a, F.focus);
      if (inert) m |= S.disabled;
      const where = rect === null ? 0 : place(rect, clip, scroll);
      const control = tag === 'input' && (el.type === 'checkbox' || el.type === 'radio' || el.type === 'file');
      let hidden = !seen || unseen || where < 0 || (rect !== null && (rect.width === 0 || rect.height === 0) && (INTERACTIVE.has(role) || tag === 'img' || tag === 'iframe') && tag !== 'a');
      if (tag === 'a' && rect && rect.width === 0 && rect.height === 0) hidden = true;
      if (rect && rect.width <= 1 && rect.height <= 1 && INTERACTIVE.has(role)) hidden = true;
      let rescued = false;
      if (hidden && control) {
        const label = el.type === 'file' ? true : labelsOf(el).find((l) => { const r = rectOf(l); return r.width > 1 && r.height > 1 && shown(l); });
        if (label) { rescued = true; m |= S.hidden; if (label !== true && !(INTERACTIVE.has(role) && rect.width > 4)) rect = rectOf(label); }
      }
      stated = statedName(el, tag, role, a);
      fromContent = stated === null && (FROM_CONTENT.has(role) || role === 'generic' || tag === 'summary');
      if (!hidden || rescued) {
        if (where > 0) m |= S.offscreen;
        if (listens) m |= S.listens;
        if (rescued) m &= ~S.offscreen;
        details(el, tag, role, kept, ctx);
        if (stated && (stated[1] === 'label' || (stated[1] === 'labelledby' && refs(el, a.labelledby).some((other) => shown(other))))) kept.labelled = '1';
        row = [idOf(el), ctx.parent, role, stated ? stated[0] : '', valueOf(el, tag, role, a), m,
          rect ? rect.left + F.dx : 0, rect ? rect.top + F.dy : 0, rect ? rect.width : 0, rect ? rect.height : 0, F.index, kept];
        rows.push(row);
        parent = row[0];
        if ((INTERACTIVE.has(role) || listens) && !(m & (S.offscreen | S.hidden))) checks.push([row, el, F]);
      }
    }
    if (tag === 'input' || tag === 'textarea' || tag === 'select') {
      if (row) {
        flush();
        if (!row[3]) row[3] = lastName(a, role);
        if (tag === 'select' && role === 'listbox') openOptions(el, row);
        if (tag === 'select') acc.push(` ${row[4]} `); else if (tag === 'input' && row[4] !== null && el.type !== 'password' && el.type !== 'file') acc.push(` ${row[4]} `);
        else if (el.type === 'submit' || el.type === 'button' || el.type === 'reset') acc.push(` ${row[3]} `);
      }
      if (outerBlock) flush();
      return;
    }
    if (tag === 'iframe' || tag === 'frame') { if (row) enterFrame(el, row, rect, style, clip, scroll); if (row && !row[3]) row[3] = squeeze(attr(el, 'title') ?? attr(el, 'name') ?? ''); return; }

    // ---- what is inside
    const host = shadowRootOf(el);
    if (host) observeRoot(host);
    const positioned = position !== 'static' || style.transform !== 'none';
    const inner = {
      parent, unseen, invisible: !seen, inert, cursor, clip: innerClip, scroll: innerScroll,
      absClip: positioned ? innerClip : ctx.absClip, absScroll: positioned ? innerScroll : ctx.absScroll,
      clickable: ctx.clickable || (role !== '' && (INTERACTIVE.has(role) || listens)),
      said: ctx.said || (row !== null && fromContent && role !== 'row') || saidByLabel(el, tag),
      mute: ctx.mute || (row !== null && INTERACTIVE.has(role) && role !== 'link' && role !== 'option' && (stated === null || fromContent)),
    };
    if (tag === 'label' && inner.said && !ctx.said) inner.mute = true;
    if (inner.mute && !ctx.mute) { inner.said = true; flush(); }
    const ownBlock = row !== null && INTERACTIVE.has(role) && role !== 'link' && outerBlock;
    walkChildren(el, tag, host, inner);
    if (outerBlock || ownBlock) flush();

    if (row) {
      if (fromContent) {
        row[3] = squeeze(acc.slice(at).join('')) || lastName(a, role);
        if (!row[3] && a.title) row[3] = squeeze(a.title);
      } else if (!row[3]) row[3] = lastName(a, role);
      const content = FROM_CONTENT.has(role) && role !== 'row' && role !== 'treeitem';
      if (content || (row[5] & S.editable) || role === 'combobox') {
        const rendered = squeeze(vis.slice(visAt).join(''));
        if (a.editable) row[4] = rendered;
        else if (role === 'combobox' || role === 'textbox' || role === 'searchbox') row[4] ??= rendered;
        else if (rendered && row[3] !== rendered) row[5] |= S.renamed;
      }
    }
    if (stated !== null && stated[0] && role && role !== 'group' && role !== 'table' && role !== 'form') {
      acc.length = at;
      acc.push(stated[0]);
    }
    if (outerBlock) { acc.push(' '); vis.push(' '); } else if (display !== 'inline' && display !== 'contents') { acc.push(' '); vis.push(' '); if (block) block.parts.push(' '); }
  };

  // The options of a select that shows them all the time; those of a closed one are in its attributes.
  const openOptions = (el, row) => {
    const frame = rectOf(el);
    for (const option of Array.from(el.options)) {
      const rect = rectOf(option);
      if (!rect.width || !rect.height) continue;
      let m = (row[5] & S.hidden) | (option.selected ? S.selected : 0) | (option.disabled || row[5] & S.disabled ? S.disabled : 0);
      if (row[5] & S.offscreen || rect.top >= frame.bottom || rect.bottom <= frame.top) m |= S.offscreen;
      rows.push([idOf(option), row[0], 'option', squeeze(option.label), null, m,
        rect.left + F.dx, rect.top + F.dy, rect.width, rect.height, F.index, { tag: 'option' }]);
    }
  };

  const saidByLabel = (el, tag) => {
    if (tag === 'label') { const c = el.control; return c !== null && !c.hasAttribute('aria-label') && c.type !== 'hidden'; }
    return (tag === 'legend' && parentNodeOf(el)?.localName === 'fieldset') || (tag === 'caption' && parentNodeOf(el)?.localName === 'table');
  };

  const details = (el, tag, role, kept, ctx) => {
    switch (tag) {
      case 'a': case 'area': if ('href' in kept) kept.href = String(el.href); break;
      case 'form': kept.action = String(getAction(el)); break;
      case 'select': kept.options = Array.from(el.options, (o) => squeeze(o.label)).join('\n'); break;
      case 'input': kept.type = el.type; { const f = el.form; if (f) kept.action = String(attr(el, 'formaction') ? el.formAction : getAction(f)); } break;
      case 'button': kept.type = el.type; { const f = el.form; if (f && el.type === 'submit') kept.action = String(attr(el, 'formaction') ? el.formAction : getAction(f)); } break;
      case 'textarea': { const f = el.form; if (f) kept.action = String(getAction(f)); } break;
      case 'h1': case 'h2': case 'h3': case 'h4': case 'h5': case 'h6': kept.level ??= tag[1]; break;
      case 'td': case 'th': cellHeaders(el, kept); break;
      default:
    }
    if (typeof kept.type === 'string' && tag !== 'input' && tag !== 'button') kept.type = kept.type.toLowerCase();
  };
  const getAction = getter(HTMLFormElement.prototype, 'action');

  // Headers of a cell, from the table's own rows; text is taken once a header.
  let headers = new Map();
  const headerText = (th) => {
    let text = headers.get(th);
    if (text === undefined) headers.set(th, text = squeeze(textOf(th, null, false)));
    return text;
  };
  const tables = new Map();
  const headOf = (table) => {
    let head = tables.get(table);
    if (head === undefined) {
      const first = table.tHead?.rows[0] ?? (table.rows[0] && child(table.rows[0], 'th') && !child(table.rows[0], 'td') ? table.rows[0] : null);
      head = [];
      if (first) for (const th of first.cells) for (let i = 0; i < th.colSpan; i++) head.push(th);
      tables.set(table, head);
    }
    return head;
  };
  const cellHeaders = (el, kept) => {
    const row = parentNodeOf(el);
    if (!row || row.localName !== 'tr') return;
    const table = closest(row, 'table');
    if (!table) return;
    kept.colindex ??= String(el.cellIndex + 1);
    kept.rowindex ??= String(row.rowIndex + 1);
    const head = headOf(table)[el.cellIndex];
    if (head && head !== el && parentNodeOf(head) !== row) { const text = headerText(head); if (text) kept.colheader = text; }
    if (el.localName === 'td') {
      for (let c = row.firstElementChild; c; c = c.nextElementSibling) {
        if (c.localName === 'th' && c !== el) { const text = headerText(c); if (text) kept.rowheader = text; break; }
      }
    }
  };

  // File inputs that a button opens are hidden as a rule, styled check boxes too: kept, marked hidden.
  const hiddenInputs = (el, tag, ctx) => {
    const found = tag === 'input' ? [el] : F.files ? queryAll(el, 'input[type=file]') : [];
    for (const input of found) {
      const type = input.type;
      let rect = null;
      if (type === 'checkbox' || type === 'radio' || type === 'file') {
        const label = labelsOf(input).find((l) => { const r = rectOf(l); return r.width > 1 && r.height > 1 && shown(l); });
        if (label) rect = rectOf(label); else if (type !== 'file') continue;
      } else continue;
      const a = { label: attr(input, 'aria-label'), labelledby: attr(input, 'aria-labelledby'), title: attr(input, 'title'), states: null, aria: true };
      const kept = { tag: 'input' };
      for (const name of attrNames(input)) if (WANTED.has(name)) kept[name] = attr(input, name);
      const role = INPUT_ROLES[type];
      details(input, 'input', role, kept, ctx);
      const name = statedName(input, 'input', role, a);
      if (name && name[1] === 'label') kept.labelled = '1';
      rows.push([idOf(input), ctx.parent, role, name ? name[0] : squeeze(a.title ?? ''), valueOf(input, 'input', role, a),
        statesOf(input, 'input', role, a, F.focus) | S.hidden, rect ? rect.left + F.dx : 0, rect ? rect.top + F.dy : 0, rect ? rect.width : 0, rect ? rect.height : 0, F.index, kept]);
    }
  };

  // ------------------------------------------------------------------------------------------------------- frames

  const contentBox = (el, rect, style) => {
    const px = (v) => parseFloat(v) || 0;
    const left = rect.left + el.clientLeft + px(style.paddingLeft), topEdge = rect.top + el.clientTop + px(style.paddingTop);
    return [left, topEdge, rect.right - px(style.borderRightWidth) - px(style.paddingRight), rect.bottom - px(style.borderBottomWidth) - px(style.paddingBottom)];
  };
  const enterFrame = (el, row, rect, style, clip, scroll) => {
    const edge = contentBox(el, rect, style);
    const view = meet(meet(meet(F.view, edge), clip), scroll);
    let doc = null;
    try { doc = el.contentDocument; } catch { doc = null; }
    const spot = [edge[0] + F.dx, edge[1] + F.dy, view[0] + F.dx, view[1] + F.dy, view[2] + F.dx, view[3] + F.dy];
    if (!doc || !bodyOf(doc)) { foreign.push([row[0], ...spot]); return; }
    flush();
    const outer = F;
    readDocument(doc, el.contentWindow, row[0], spot);
    F = outer;
  };
  const originOf = (win) => { try { return win.location.protocol === 'file:' ? 'file://' : win.origin; } catch { return 'null'; } };

  // `spot`: [dx, dy, l, t, r, b] in the top viewport: where this document's content starts, and what of it is to be seen.
  const readDocument = (doc, win, owner, spot) => {
    observeRoot(doc);
    mapLabels(doc);
    const root = bodyOf(doc);
    if (!root) { frames.push([owner, originOf(win), win.location.href]); return; }
    const dx = spot[0], dy = spot[1];
    F = {
      doc, win, dx, dy, index: frames.length, view: [spot[2] - dx, spot[3] - dy, spot[4] - dx, spot[5] - dy],
      sx: win.scrollX, sy: win.scrollY, focus: focusOf(doc), range: new Range(), files: query(doc, 'input[type=file]') !== null,
      styleOf: win.getComputedStyle.bind(win), rtl: false,
    };
    F.rtl = F.styleOf(root).direction === 'rtl';
    F.range = Document.prototype.createRange.call(doc);
    frames.push([owner, originOf(win), win.location.href]);
    visit(root, { parent: owner, unseen: false, invisible: false, inert: false, cursor: 'auto', clip: EVERYWHERE, scroll: EVERYWHERE, absClip: EVERYWHERE,
      absScroll: EVERYWHERE, clickable: false, said: false, mute: false });
    flush();
  };
  const focusOf = (doc) => {
    let el = activeOf(doc);
    while (el && shadowRootOf(el)?.activeElement) el = shadowRootOf(el).activeElement;
    return el && el.localName !== 'body' ? el : null;
  };
