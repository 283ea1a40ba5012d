// What a look answers: the units that are not as they were told last, as one text; and what else our world offers.

  const FIELD = '\x7f';
  const clean = (text) => text.includes(FIELD) ? text.replaceAll(FIELD, '') : text;
  const encode = (row, x, y) => {
    const kept = row[10];
    let out = row[0] + FIELD + row[1] + FIELD + row[2] + FIELD + clean(row[3]) + FIELD + (row[4] === null || row[4] === undefined ? '' : `=${clean(row[4])}`) + FIELD + row[5] + FIELD +
      (row[6] - x) + FIELD + (row[7] - y) + FIELD + row[8] + FIELD + row[9] + FIELD;
    let count = 0, more = '';
    for (const key in kept) { count++; more += FIELD + key + FIELD + clean(String(kept[key])); }
    return out + count + more;
  };
  // A unit as text: its head, then its runs of rows. Boxes are relative to the unit's own corner.
  const describe = (u) => {
    const x = u.box[0], y = u.box[1];
    const head = [], runs = [];
    let run = [];
    const close = () => { if (run.length) { head.push(`#${run.length}`); runs.push(run.join(FIELD)); run = []; } };
    for (const item of u.items) {
      if (item.el !== undefined) { close(); head.push(String(item.id)); continue; }
      run.push(encode(item, x, y));
      if (closedFrames.has(item[0])) { close(); head.push(`@${item[0]}`); } else if (run.length >= RUN) close();
    }
    close();
    return [head.join(' '), ...runs];
  };
  // Documents that this one may not look into, by the number of the iframe element, and where they are to be seen.
  const foreign = () => {
    const out = [];
    for (const [n, area] of closedFrames) { if (nodeOf(n)?.isConnected) out.push([n, ...area]); else closedFrames.delete(n); }
    return out;
  };
  let generation = 0;
  const APART = '\x7f\n\x7f';
  const read = (key, spot, known) => {
    cua.key = key;
    bring(spot ?? [0, 0, 0, 0, innerWidth, innerHeight]);
    const all = known !== generation;
    generation++;
    const out = [''], places = [];
    for (const u of wanted) if (alive.has(u.id)) untold.add(u);
    for (const u of all ? alive.values() : untold) {
      const where = `${u.box[0] + rolledX} ${u.box[1] + rolledY}`;
      if (all || u.fresh) {
        const texts = describe(u);
        const sent = texts.join(APART);
        if (all || sent !== u.sent) {
          out.push(`${u.id} ${u.F.index} ${where} ${texts.length - 1} ${texts[0]}`);
          for (let i = 1; i < texts.length; i++) out.push(texts[i]);
          u.sent = sent;
          u.where = where;
        }
        u.fresh = false;
      }
      if (where !== u.where) { places.push(u.id, where); u.where = where; }
    }
    untold.clear();
    const frames = [];
    for (const f of documents.values()) frames.push([f.index, f.owner, originOf(f.win)]);
    out[0] = JSON.stringify({ generation, all, gone: all ? [] : buried, root: unitOf.get(bodyOf(document))?.id ?? 0, places, frames, foreign: foreign(),
      scroll: [rolledX, rolledY], url: location.href, title: titleOf(document), width: innerWidth, height: innerHeight, mutations: cua.mutations, arrivals,
      suspects: Array.from(suspects).filter((el) => !asked.has(el)).slice(0, 50).map((el) => { asked.add(el); return idOf(el); }) });
    buried = [];
    return out.join(APART);
  };

  // The labels of single controls, as the browser finds them: cheaper than a map of the page where only one is asked for.
  const NATIVE = {
    size: 1,
    get: (control) => { const found = control.labels; return found && found.length ? Array.from(found) : undefined; },
    set: () => {},
  };
  // Nodes that listen for clicks, as the protocol knows. Not those that only take what bubbles up from the controls in them.
  const hearing = (list) => {
    let found = 0;
    for (const node of list) {
      if (!node || node.nodeType !== 1 || heard.has(node) || SKIPPED.has(node.localName)) continue;
      const own = node.localName;
      if (own === 'html' || own === 'body') continue;
      const r = rectOf(node);
      if (!INTERACTIVE.has(attr(node, 'role') ?? '') && (queryAll(node, OPERATED).length > 3 || r.width * r.height > 0.5 * innerWidth * innerHeight)) continue;
      heard.add(node);
      markAt(node, SHALLOW);
      found++;
    }
    return found;
  };
  const OPERATED = 'a[href],button,input,select,textarea,[role=button],[role=link],[role=menuitem],[role=tab],[role=option],[role=treeitem]';
  // Role and name of one node as a pass would say them now; null where it is not to be seen any more.
  const readOne = (el) => {
    const doc = el.ownerDocument, win = doc.defaultView;
    const mapOfAll = labels, mappedRoots = Array.from(labelRoots);
    labels = NATIVE;
    labelRoots.add(rootOf(el)).add(doc);
    const outer = { items, vis, block, F, base, layered, plain, reusing, forced };
    const view = [0, 0, win.innerWidth, win.innerHeight];
    items = []; vis = []; block = null; base = 0; reusing = false; forced = null; lastSeen = null;
    F = { doc, win, dx: 0, dy: 0, index: 0, view, sx: win.scrollX, sy: win.scrollY, focus: focusOf(doc), range: Document.prototype.createRange.call(doc),
      styleOf: win.getComputedStyle.bind(win), rtl: true, root: null };
    const alone = context(0, false);
    alone.open = false;
    visit(el, alone);
    flush();
    const n = ids.get(el);
    const row = items.find((r) => r !== null && r[0] === n) ?? null;
    ({ items, vis, block, F, base, layered, plain, reusing, forced } = outer);
    labels = mapOfAll;
    labelRoots.clear();
    for (const root of mappedRoots) labelRoots.add(root);
    return row && [...row.slice(0, 10), 0, row[10]];
  };

  globalThis.cua = {
    key: '', mutations: 0, read, readOne, STATES, top,
    idOf, nodeOf, nodesOf: (list) => list.map(nodeOf), id: (node) => `${top.cua.key}.${top.cua.idOf(node)}`,
    // A closed shadow root that the protocol has handed over; nodes that listen for clicks.
    opened: (root) => { closedRoots.set(root.host, root); markDeep(root.host); },
    heard: hearing, listened: () => { arrivals = 0; },
    forget: () => { everything = true; }, animated: () => animatedNow().size,
    watchRoots: (fn) => { observeRoot = (root) => { observe(root); fn(root); }; },
    tools: { S, hit, reaches, lands, inside, flatParent, pointsOf, mapOf, mapped, rectOf, attr, closest, matches, labelsOf, labelText, squeeze, textOf, rootOf,
      query, queryAll, getAction, shown, contains, INTERACTIVE, begin: () => {}, end: () => {}, focusOf, parentNodeOf, styleOf },
  };
