// The reader: one pass over the flat tree of all frames that this document may look into, open shadow roots included.

  // ------------------------------------------------------------------------------------------------------ the walk

  // What a pass knows where it stands. Clips are the part of the viewport that overflow leaves visible: [l, t, r, b];
  // `abs…` are those that count for absolutely positioned children. `open`: nothing above is named from its content, so
  // what is below can be kept and read again by itself (units.js). `pinned`: it does not move with the window.
  const EVERYWHERE = [-1e9, -1e9, 1e9, 1e9], NOWHERE = [1e9, 1e9, -1e9, -1e9];
  const meet = (a, b) => [Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])];
  const context = (parent, unseen) => ({ parent, holder: parent, unseen, inert: false, clip: EVERYWHERE, scroll: EVERYWHERE, absClip: EVERYWHERE, absScroll: EVERYWHERE,
    clickable: false, said: false, mute: false, open: true, pinned: false, fluid: false });
  const sameBox = (a, b) => a === b || (a[0] === b[0] && a[1] === b[1] && a[2] === b[2] && a[3] === b[3]);
  const sameContext = (a, b) => a === b || (a.parent === b.parent && a.holder === b.holder && a.unseen === b.unseen && a.inert === b.inert && a.clickable === b.clickable &&
    a.said === b.said && a.mute === b.mute && a.open === b.open && a.pinned === b.pinned && a.fluid === b.fluid && sameBox(a.clip, b.clip) && sameBox(a.scroll, b.scroll) &&
    sameBox(a.absClip, b.absClip) && sameBox(a.absScroll, b.absScroll));

  // `items` are the rows and units that this pass has collected below the unit it is in. A row:
  // [n, parent, role, name, value, mask, x, y, width, height, attributes, node]; boxes in 1/64 CSS px of the top viewport,
  // which is what the browser lays out in: small integers, that compare exactly.
  let items = [], vis = [], block = null, F = null;
  const rootUnder = (el) => shadowRootOf(el) ?? closedRoots.get(el) ?? null;
  const closedRoots = new WeakMap();
  let observeRoot = (root) => observe(root);
  const heard = new WeakSet();

  const flush = () => {
    const b = block;
    if (!b) return;
    block = null;
    if (!b.own) return;
    const text = b.pre ? b.parts.join('').replace(/[^\S\n]+/g, ' ').trim() : squeeze(b.parts.join(''));
    if (!text) return;
    if (b.first === b.last || rootOf(b.first) !== rootOf(b.last)) F.range.selectNodeContents(b.first);
    else {
      F.range.setStart(b.first, 0);
      F.range.setEnd(b.last, b.last.data.length);
    }
    const box = F.range.getBoundingClientRect();
    const { left, top: up, width, height } = box;
    if (width <= 0 || height <= 0) return;
    const m = place(left, up, left + width, up + height, b.clip, b.scroll);
    if (m < 0) return;
    if (b.clip !== EVERYWHERE || b.scroll !== EVERYWHERE) plain = false;
    items[b.at] = [idOf(b.first), b.parent, 'text', text, null, m, units64(left + F.dx), units64(up + F.dy), units64(width), units64(height), TEXT, b.first];
  };
  const TEXT = { tag: '#text' };
  const units64 = (v) => Math.round(v * 64);

  // Where a box is to be seen: 0 in the viewport, S.offscreen after scrolling, -1 never. `clip`: cut off by overflow that a
  // person cannot scroll; `scroll`: cut off by a scroller, and where that begins (what lies before it is never seen).
  const outside = (l, t, r, b, area) => r <= area[0] || b <= area[1] || l >= area[2] || t >= area[3];
  const place = (l, t, r, b, clip, scroll) => {
    if (clip !== EVERYWHERE && outside(l, t, r, b, clip)) return -1;
    const left = scroll.length > 4 ? scroll[4] : -F.sx, up = scroll.length > 4 ? scroll[5] : -F.sy;
    if ((!F.rtl && r <= left) || b <= up) return -1;
    if (scroll !== EVERYWHERE && outside(l, t, r, b, scroll)) return S.offscreen;
    return outside(l, t, r, b, F.view) ? S.offscreen : 0;
  };

  const WANTED = set('id name type placeholder title href autocomplete min max pattern download action level');
  const TESTIDS = ['data-testid', 'data-test-id', 'data-test', 'data-cy', 'data-qa'];

  const addText = (node, ctx, el) => {
    const data = node.data;
    const empty = !/\S/.test(data);
    if (ctx.unseen || (!empty && !seenAt(el))) return;
    vis.push(data);
    if (ctx.mute) return;
    if (!block) {
      if (empty) return;
      block = { parts: [], own: false, first: node, last: node, parent: ctx.parent, clip: ctx.clip, scroll: ctx.scroll, pre: false,
        at: items.push(null) - 1 };
    }
    if (!empty) {
      block.last = node;
      if (!ctx.said) block.own = true;
      if (block.parent !== ctx.parent) block.parent = ctx.holder;
      if (!block.pre && /\S[^\S]*\n[^\S]*\S/.test(data) && F.styleOf(el).whiteSpaceCollapse?.startsWith('preserve')) block.pre = true;
    }
    block.parts.push(block.pre ? data : data.replace(/\s+/g, ' '));
  };
  // Whether what stands right in an element is painted: its visibility, and the opacity of all above it.
  const VISIBLE = { opacityProperty: true, visibilityProperty: true };
  const checkVisibilityFn = Element.prototype.checkVisibility;
  const checkVisibility = (el, options) => checkVisibilityFn.call(el, options);
  let lastSeen = null, lastSaid = false;
  const seenAt = (el) => {
    if (el === lastSeen) return lastSaid;
    lastSeen = el;
    lastSaid = checkVisibility(el, VISIBLE);
    if (!lastSaid && F.styleOf(el).display === 'contents') {
      let above = flatParent(el);
      while (above && above.nodeType === 1 && F.styleOf(above).display === 'contents') above = flatParent(above);
      lastSaid = F.styleOf(el).visibility === 'visible' && (!above || above.nodeType !== 1 || checkVisibility(above, { opacityProperty: true }));
    }
    return lastSaid;
  };

  // Editors that draw their text themselves, line by line (Ace, Monaco), take it by a field that nobody sees: what stands around
  // that field and the lines stands for it.
  const LINES = '.view-line,.ace_line';
  const stages = new WeakMap();
  const stageFor = (el) => {
    if (el.tabIndex < 0 || attr(el, 'aria-hidden') === 'true' || !checkVisibility(el, { visibilityProperty: true })) return null;
    for (let stage = flatParent(el); stage && stage.nodeType === 1; stage = flatParent(stage)) {
      const r = rectOf(stage);
      if (r.width >= 40 && r.height >= 14) return query(stage, LINES) ? stage : null;
    }
    return null;
  };
  // What is written in an editable element: a line for each block in it, and for each line break.
  const writtenIn = (el) => {
    const lines = [], as = (style) => /^(pre|break)/.test(style.whiteSpace), kept = as(F.styleOf(el));
    let line = null;
    const end = () => { if (line !== null) lines.push(kept ? line : line.trim()); line = null; };
    const go = (node, pre) => {
      for (let n = firstChildOf(node); n; n = nextSiblingOf(n)) {
        if (n.nodeType === 3) { const data = pre ? n.data : n.data.replace(/\s+/g, ' '); if (pre ? data : data.trim()) line = (line ?? '') + data; continue; }
        if (n.nodeType !== 1 || !seenAt(n)) continue;
        if (n.localName === 'br') { line ??= ''; end(); continue; }
        const style = F.styleOf(n), flows = INLINE.test(style.display) || style.display === 'contents';
        if (!flows) end();
        go(n, as(style));
        if (!flows) end();
      }
    };
    go(el, kept);
    end();
    return lines.join('\n').replace(/\u00a0/g, ' ').replace(/[\u200b\ufeff]/g, '');
  };
  // What it shows, line by line as they stand.
  const linesOf = (stage) => {
    const lines = Array.from(queryAll(stage, LINES), (line) => [rectOf(line).top, line.textContent]);
    return lines.sort((one, other) => one[0] - other[0]).map(([, text]) => text.replace(/\u00a0/g, ' ')).join('\n');
  };

  const walkChildren = (el, tag, host, ctx) => {
    if (tag === 'details' && !el.open) { const s = child(el, 'summary'); if (s) step(s, ctx, el); return; }
    if (attr(el, 'hidden') === 'until-found') return;
    if (tag === 'slot') {
      const assigned = el.assignedNodes();
      if (assigned.length) { for (const node of assigned) step(node, ctx, el); return; }
    }
    for (let node = firstChildOf(host ?? el); node; node = nextSiblingOf(node)) step(node, ctx, el);
  };
  const step = (node, ctx, el) => {
    const type = node.nodeType;
    if (type === 3) addText(node, ctx, el);
    else if (type === 1) visit(node, ctx);
  };

  const visit = (el, ctx) => {
    if (reusing && fresh.size !== 0 && fresh.has(el)) {
      reusing = false;
      enter(el, ctx);
      reusing = true;
    } else enter(el, ctx);
  };
  const enter = (el, ctx) => {
    const tag = el.localName;
    if (SKIPPED.has(tag)) return;
    const known = ctx.open ? unitOf.get(el) : undefined;
    if (known !== undefined && reusing && known.dirty === CLEAN && known.F === F && sameContext(known.ctx, ctx)) {
      flush();
      known.ctx = ctx;
      known.stay = pass;
      items.push(known);
      return;
    }
    const style = F.styleOf(el);
    const display = style.display;
    if (tag === 'dialog') toppers.add(el);
    if (display === 'none') { if (hasAttribute(el, 'popover')) toppers.add(el); hiddenInputs(el, tag, ctx); if (known !== undefined && el === forced) seal(el, ctx, known, items.length, display); return; }
    if (tag === 'br') { vis.push(' '); if (block) block.parts.push(block.pre ? '\n' : ' '); return; }
    if (tag === 'option' || tag === 'optgroup') return;

    // ---- attributes, in one go
    let a = BARE, kept = null, explicit = null, tabbed = false, listens = heard.has(el);
    if (hasAttributes(el)) {
      for (const name of attrNames(el)) {
        if (name === 'class' || name === 'style') continue;
        if (WANTED.has(name)) {
          (kept ??= { tag })[name] = attr(el, name);
          if (name === 'title' || name === 'placeholder') (a === BARE ? a = bare() : a)[name] = kept[name];
          continue;
        }
        switch (name) {
          case 'role': explicit = attr(el, name); break;
          case 'popover': toppers.add(el); break;
          case 'tabindex': tabbed = el.tabIndex >= 0; break;
          case 'onclick': case 'onmousedown': case 'onmouseup': case 'onpointerdown': case 'onpointerup': case 'ondblclick': listens = true; break;
          case 'contenteditable': { const v = attr(el, name).toLowerCase(); if (v === '' || v === 'true' || v === 'plaintext-only') (a === BARE ? a = bare() : a).editable = true; break; }
          case 'aria-label': (a === BARE ? a = bare() : a).label = attr(el, name); break;
          case 'aria-labelledby': (a === BARE ? a = bare() : a).labelledby = attr(el, name); break;
          case 'aria-valuenow': (a === BARE ? a = bare() : a).valuenow = attr(el, name); break;
          case 'aria-valuetext': (a === BARE ? a = bare() : a).valuetext = attr(el, name); break;
          case 'aria-level': (kept ??= { tag }).level = attr(el, name); break;
          case 'aria-colindex': (kept ??= { tag }).colindex = attr(el, name); break;
          case 'aria-rowindex': (kept ??= { tag }).rowindex = attr(el, name); break;
          default:
            if (name.startsWith('aria-')) ((a === BARE ? a = bare() : a).states ??= []).push([name, attr(el, name)]);
            else if (TESTIDS.includes(name)) (kept ??= { tag }).testid = attr(el, name);
        }
      }
    }
    let role = roleOf(el, tag, explicit);
    if (a.editable && (!role || DROPPED.has(role))) role = 'textbox';
    if (!role || DROPPED.has(role)) {
      if (listens || (tabbed && tag !== 'body' && tag !== 'html') || (!ctx.clickable && tag !== 'label' && pointed(el, style))) {
        role = role && role !== 'none' && role !== 'presentation' ? role : 'generic';
        listens = true;
      } else role = '';
    } else if (!INTERACTIVE.has(role) && !listens && tag !== 'iframe' && (tabbed || (!ctx.clickable && pointed(el, style)))) listens = true;

    // ---- what is to be seen
    const position = style.position;
    const lifted = position !== 'static';
    let unseen = ctx.unseen, pinned = ctx.pinned;
    const inFlow = position !== 'absolute' && position !== 'fixed';
    let clip = inFlow ? ctx.clip : position === 'fixed' ? F.view : ctx.absClip;
    let scroll = inFlow ? ctx.scroll : position === 'fixed' ? F.view : ctx.absScroll;
    const outerBlock = !INLINE.test(display);
    const candidate = ctx.open && outerBlock;
    const mark = items.length, savedBase = base, savedLayered = layered, savedPlain = plain, savedReusing = reusing;
    if (candidate) { flush(); base = items.length; layered = false; plain = true; if (known !== undefined && known.dirty === DEEP) reusing = false; }
    if (lifted && (!inFlow || position === 'sticky' || style.zIndex !== 'auto')) { layered = true; if (position === 'fixed' || position === 'sticky') pinned = true; }
    let rect = null;
    let innerClip = clip, innerScroll = scroll;
    if (display !== 'inline' && tag !== 'body' && tag !== 'html' && display !== 'table-row' && display !== 'table-row-group' && display !== 'contents') {
      const overflow = style.overflowY;
      if (overflow !== 'visible') {
        rect = rectOf(el);
        const edge = [rect.left, rect.top, rect.right, rect.bottom];
        if (overflow === 'auto' || overflow === 'scroll') {
          innerScroll = meet(scroll, clip === EVERYWHERE ? edge : meet(clip, edge));
          innerScroll.push(style.direction === 'rtl' ? -1e9 : rect.left - el.scrollLeft, style.flexDirection === 'column-reverse' ? -1e9 : rect.top - el.scrollTop);
          if (clip !== EVERYWHERE && !outside(...edge, clip)) innerClip = EVERYWHERE; // what is cut off now can be scrolled into view here
          scrollers.add(el);
        } else {
          innerClip = meet(clip, edge);
          if (rect.width <= 1 || rect.height <= 1) innerClip = NOWHERE; // what is fixed escapes it
          else if (el.scrollHeight > el.clientHeight || el.scrollWidth > el.clientWidth) scrollers.add(el);
        }
      }
    }
    if (!inFlow && (style.clip === 'rect(0px, 0px, 0px, 0px)' || CUT.test(style.clipPath))) unseen = true;
    else if (role && sheets.clips && CUT.test(style.clipPath)) unseen = true;
    const inert = ctx.inert || el.inert === true;

    // ---- the element itself
    if (outerBlock) { if (!candidate) flush(); vis.push(' '); } else if (display !== 'inline' && display !== 'contents') { vis.push(' '); if (block) block.parts.push(' '); }
    const visAt = vis.length;
    let row = null, stated = null, fromContent = false;
    let parent = ctx.parent;
    if (role) {
      kept ??= { tag };
      rect ??= rectOf(el);
      if (!rect.width && !rect.height && display === 'contents') rect = null;
      let m = statesOf(el, tag, role, a, F.focus);
      if (inert) m |= S.disabled;
      const where = rect === null ? 0 : place(rect.left, rect.top, rect.right, rect.bottom, clip, scroll);
      if (clip !== EVERYWHERE || scroll !== EVERYWHERE) plain = false;
      const control = tag === 'input' && (el.type === 'checkbox' || el.type === 'radio' || el.type === 'file');
      let hidden = unseen || where < 0 || (rect !== null && (rect.width === 0 || rect.height === 0) && (INTERACTIVE.has(role) || tag === 'img' || tag === 'iframe') && tag !== 'a') || !seenAt(el);
      if (tag === 'a' && rect && rect.width === 0 && rect.height === 0) hidden = true;
      if (rect && rect.width <= 1 && rect.height <= 1 && INTERACTIVE.has(role)) hidden = true;
      let rescued = false, label = null;
      // An invisible control on top of a drawn one, or one whose label stands for it: people click them all day.
      if (hidden && where >= 0 && !unseen && rect !== null && rect.width > 4 && rect.height > 4 && DRAWN.has(role) && checkVisibility(el, { visibilityProperty: true })) rescued = true;
      else if (hidden && control) {
        label = labelsOf(el).find((l) => { const r = rectOf(l); return r.width > 1 && r.height > 1 && shown(l); }) ?? null;
        if (label !== null) { rescued = true; if (!(rect.width > 4)) rect = rectOf(label); }
        if (el.type === 'file') { rescued = true; m |= S.hidden; }
      }
      const stage = hidden && where >= 0 && !unseen && (tag === 'textarea' || el.editContext) ? stageFor(el) : null;
      if (stage !== null) { rescued = true; rect = rectOf(stage); stages.set(el, stage); draw(stage, el); m |= m & (S.readonly | S.disabled) ? 0 : S.editable; } else stages.delete(el);
      stated = statedName(el, tag, role, a);
      relate(el, tag, a, stated);
      fromContent = stated === null && namedByContent(tag, role);
      if (!hidden || rescued) {
        if (where > 0) m |= S.offscreen;
        if (listens) m |= S.listens;
        if (rescued && label !== null) m = place(rect.left, rect.top, rect.right, rect.bottom, EVERYWHERE, scroll) > 0 ? m | S.offscreen : m & ~S.offscreen;
        details(el, tag, role, kept);
        if (stated && (stated[1] === 'label' || (stated[1] === 'labelledby' && refs(el, a.labelledby).some((other) => shown(other))))) kept.labelled = '1';
        row = [idOf(el), ctx.parent, role, stated ? stated[0] : '', stage !== null ? linesOf(stage) : valueOf(el, tag, role, a), m,
          rect ? units64(rect.left + F.dx) : 0, rect ? units64(rect.top + F.dy) : 0, rect ? units64(rect.width) : 0, rect ? units64(rect.height) : 0, kept, el];
        items.push(row);
        parent = row[0];
      }
    }
    if (tag === 'input' || tag === 'textarea' || tag === 'select') {
      if (row) {
        flush();
        if (!row[3]) row[3] = lastName(a, role);
        if (tag === 'select' && role === 'listbox') openOptions(el, row);
      }
      if (outerBlock) flush();
      if (candidate) finish(el, ctx, known, display, savedBase, mark, savedLayered, savedPlain, savedReusing);
      return;
    }
    if (tag === 'iframe' || tag === 'frame') {
      if (row) { if (!row[3]) row[3] = squeeze(attr(el, 'title') ?? attr(el, 'name') ?? ''); enterFrame(el, row, rect, style, clip, scroll); }
      if (candidate) finish(el, ctx, known, display, savedBase, mark, savedLayered, savedPlain, savedReusing);
      return;
    }

    // ---- what is inside
    const host = rootUnder(el);
    if (host) observeRoot(host);
    else if (tag.includes('-')) suspect(el);
    else if (outerBlock && firstChildOf(el) === null && HOSTS.has(tag) && (rect ??= rectOf(el)).height > 0) suspect(el);
    const positioned = lifted || ((clip !== EVERYWHERE || scroll !== EVERYWHERE) && style.transform !== 'none');
    // One that listens for what happens inside it (a calendar, a menu, a list) leaves that to what is inside.
    const clickable = ctx.clickable || (role !== '' && (INTERACTIVE.has(role) || (listens && (tabbed || !heard.has(el) || pointed(el, style)))));
    let said = ctx.said || (row !== null && fromContent && role !== 'row') || saidByLabel(el, tag);
    let mute = ctx.mute || (row !== null && INTERACTIVE.has(role) && role !== 'link' && role !== 'option' && (stated === null || fromContent));
    if (tag === 'label' && said && !ctx.said) mute = true;
    if (mute && !ctx.mute) { said = true; flush(); }
    const open = ctx.open && !said && !(row !== null && (fromContent || row[5] & S.editable || role === 'combobox'));
    const fluid = open && (display.endsWith('flex') || display.endsWith('grid') || display.startsWith('table') || !outerBlock);
    const absClip = positioned ? innerClip : ctx.absClip, absScroll = positioned ? innerScroll : ctx.absScroll;
    const holder = outerBlock ? parent : ctx.holder;
    const same = parent === ctx.parent && holder === ctx.holder && unseen === ctx.unseen && inert === ctx.inert && innerClip === ctx.clip && innerScroll === ctx.scroll && absClip === ctx.absClip &&
      absScroll === ctx.absScroll && clickable === ctx.clickable && said === ctx.said && mute === ctx.mute && open === ctx.open && pinned === ctx.pinned && fluid === ctx.fluid;
    const inner = same ? ctx : { parent, holder, unseen, inert, clip: innerClip, scroll: innerScroll, absClip, absScroll, clickable, said, mute, open, pinned, fluid };
    const ownBlock = row !== null && INTERACTIVE.has(role) && role !== 'link' && outerBlock;
    walkChildren(el, tag, host, inner);
    if (outerBlock || ownBlock) flush();

    if (row) {
      if (fromContent) {
        row[3] = contentName(el, tag, role, a);
      } else if (!row[3]) row[3] = lastName(a, role);
      const content = FROM_CONTENT.has(role) && role !== 'row' && role !== 'treeitem';
      if (content || (row[5] & S.editable) || role === 'combobox') {
        const rendered = squeeze(vis.slice(visAt).join(''));
        if (a.editable) row[4] = rendered && writtenIn(el);
        else if (role === 'combobox' || role === 'textbox' || role === 'searchbox') row[4] ??= rendered;
        else if (rendered && row[3] !== rendered) row[5] |= S.renamed;
      }
    }
    if (outerBlock) { vis.push(' '); } else if (display !== 'inline' && display !== 'contents') { vis.push(' '); if (block) block.parts.push(' '); }
    if (candidate) finish(el, ctx, known, display, savedBase, mark, savedLayered, savedPlain, savedReusing);
  };
  // The end of a block: what was collected in it becomes a unit, or stays with the unit above.
  const finish = (el, ctx, known, display, outerBase, mark, outerLayered, outerPlain, outerReusing) => {
    const count = items.length - base;
    if (el === forced || el === F.root || count >= SMALL || (count >= 2 && mark - outerBase >= LARGE)) {
      seal(el, ctx, known, base, display);
      layered = outerLayered;
      plain = outerPlain;
    } else {
      if (known !== undefined) bury(known, null);
      layered ||= outerLayered;
      plain &&= outerPlain;
    }
    base = outerBase;
    reusing = outerReusing;
    vis.length = 0;
  };
  const bare = () => ({ label: null, labelledby: null, title: null, placeholder: null, states: null, editable: false, aria: true, valuenow: null, valuetext: null });
  const BARE = bare();
  const DRAWN = set('checkbox radio switch slider textbox searchbox spinbutton combobox');
  const { hasAttributes: hasAttributesFn, hasAttribute: hasAttributeFn } = Element.prototype;
  const hasAttributes = (el) => hasAttributesFn.call(el), hasAttribute = (el, name) => hasAttributeFn.call(el, name);
  const HOSTS = set('article aside blockquote div footer header main nav section');
  // A pointer that this element sets, not one above it: scripts listen here, as a rule.
  const pointed = (el, style) => {
    if (style.cursor !== 'pointer') return false;
    const above = flatParent(el);
    return !above || above.nodeType !== 1 || F.styleOf(above).cursor !== 'pointer';
  };

  // The options of a select that shows them all the time; those of a closed one are in its attributes.
  const openOptions = (el, row) => {
    const frame = rectOf(el);
    for (const option of Array.from(el.options)) {
      const rect = rectOf(option);
      if (!rect.width || !rect.height) continue;
      let m = (row[5] & S.hidden) | (option.selected ? S.selected : 0) | (option.disabled || row[5] & S.disabled ? S.disabled : 0);
      if (row[5] & S.offscreen || rect.top >= frame.bottom || rect.bottom <= frame.top) m |= S.offscreen;
      items.push([idOf(option), row[0], 'option', squeeze(option.label), null, m,
        units64(rect.left + F.dx), units64(rect.top + F.dy), units64(rect.width), units64(rect.height), { tag: 'option' }, option]);
    }
  };

  const saidByLabel = (el, tag) => {
    if (tag === 'label') { const c = el.control ?? null; return c !== null && !c.hasAttribute('aria-label') && c.type !== 'hidden'; }
    return (tag === 'legend' && parentNodeOf(el)?.localName === 'fieldset') || (tag === 'caption' && parentNodeOf(el)?.localName === 'table');
  };

  const details = (el, tag, role, kept) => {
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

  // Which elements take their names from where: a change there is a change here. Ids that are referred to, too.
  let drawsFrom = new Map(), namedBy = new Map();
  const draw = (source, el) => {
    const known = drawsFrom.get(source);
    if (known) known.add(el); else drawsFrom.set(source, new Set([el]));
  };
  const relate = (el, tag, a, stated) => {
    if (a.labelledby) for (const id of a.labelledby.split(/\s+/)) {
      if (!id) continue;
      const known = namedBy.get(id);
      if (known) known.add(el); else namedBy.set(id, new Set([el]));
      const other = byId(rootOf(el), id);
      if (other) draw(other, el);
    }
    switch (tag) {
      case 'fieldset': case 'table': case 'details': case 'svg': {
        const source = child(el, tag === 'fieldset' ? 'legend' : tag === 'table' ? 'caption' : tag === 'details' ? 'summary' : 'title');
        if (source) draw(source, el);
        break;
      }
      default: { const from = labels.get(el); if (from) for (const label of from) draw(label, el); }
    }
  };

  // Headers of a cell, from the table's own rows; text is taken once a header.
  let headers = new Map();
  const headerText = (th) => {
    let text = headers.get(th);
    if (text === undefined) { headers.set(th, text = squeeze(textOf(th, null, false))); draw(th, closest(th, 'table')); }
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
    const found = tag === 'input' ? [el] : queryAll(el, 'input[type=file]');
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
      details(input, 'input', role, kept);
      const name = statedName(input, 'input', role, a);
      if (name && name[1] === 'label') kept.labelled = '1';
      relate(input, 'input', a, name);
      items.push([idOf(input), ctx.parent, role, name ? name[0] : squeeze(a.title ?? ''), valueOf(input, 'input', role, a),
        statesOf(input, 'input', role, a, F.focus) | S.hidden, rect ? units64(rect.left + F.dx) : 0, rect ? units64(rect.top + F.dy) : 0, rect ? units64(rect.width) : 0, rect ? units64(rect.height) : 0, kept, input]);
    }
  };

  // ------------------------------------------------------------------------------------------------------- frames

  const contentBox = (el, rect, style) => {
    const px = (v) => parseFloat(v) || 0;
    const left = rect.left + el.clientLeft + px(style.paddingLeft), topEdge = rect.top + el.clientTop + px(style.paddingTop);
    return [left, topEdge, rect.right - px(style.borderRightWidth) - px(style.paddingRight), rect.bottom - px(style.borderBottomWidth) - px(style.paddingBottom)];
  };
  // What is read of a document: `spot` is [dx, dy, l, t, r, b] in the top viewport: where its content starts, and what of it
  // is to be seen.
  const documents = new Map();
  const enterFrame = (el, row, rect, style, clip, scroll) => {
    const edge = contentBox(el, rect, style);
    const view = meet(meet(meet(F.view, edge), clip), scroll);
    let doc = null;
    try { doc = el.contentDocument; } catch { doc = null; }
    const spot = [edge[0] + F.dx, edge[1] + F.dy, view[0] + F.dx, view[1] + F.dy, view[2] + F.dx, view[3] + F.dy];
    if (!doc || !bodyOf(doc)) { closedFrames.set(row[0], spot); return; }
    flush();
    const outer = F, savedBase = base, said = vis;
    vis = [];
    readDocument(doc, el.contentWindow, row[0], spot);
    vis = said;
    F = outer;
    base = savedBase;
  };
  const closedFrames = new Map();
  const originOf = (win) => { try { return win.location.protocol === 'file:' ? 'file://' : win.origin; } catch { return 'null'; } };
  const refresh = (f) => {
    f.sx = f.win.scrollX; f.sy = f.win.scrollY;
    f.focus = focusOf(f.doc);
    f.rtl = f.styleOf(f.root).direction === 'rtl';
  };
  const readDocument = (doc, win, owner, spot) => {
    observeRoot(doc);
    mapLabels(doc);
    const root = bodyOf(doc);
    if (!root) return;
    let f = documents.get(doc);
    if (f === undefined || f.root !== root || f.owner !== owner || f.win !== win) {
      f = { doc, win, owner, root, index: ++lastDocument, spot: [], range: Document.prototype.createRange.call(doc), styleOf: win.getComputedStyle.bind(win) };
      documents.set(doc, f);
    }
    if (!spot.every((v, i) => v === f.spot[i])) {
      f.spot = spot;
      f.dx = spot[0]; f.dy = spot[1];
      f.view = [spot[2] - f.dx, spot[3] - f.dy, spot[4] - f.dx, spot[5] - f.dy];
      const known = unitOf.get(root);
      if (known !== undefined) mark(known, DEEP);
    }
    refresh(f);
    f.pass = pass;
    F = f;
    visit(root, context(owner, false));
    flush();
  };
  let lastDocument = 0;
  const focusOf = (doc) => {
    let el = activeOf(doc);
    while (el && rootUnder(el)?.activeElement) el = rootUnder(el).activeElement;
    return el && el.localName !== 'body' ? el : null;
  };
