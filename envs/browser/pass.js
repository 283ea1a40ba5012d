// One look: what has changed is marked, read again, and whatever that has moved about, too; or everything is.

  const clear = (rows) => { for (const row of rows) row[5] &= ~S.covered; };
  const checked = (u) => u.items.filter((row) => row.el === undefined && (INTERACTIVE.has(row[2]) || row[5] & S.listens) && !(row[5] & (S.offscreen | S.hidden)));

  const roots = () => { const out = []; for (const root of observed) { if (root.nodeType === 9 ? root.defaultView && documents.has(root) : root.host?.isConnected) out.push(root); else observed.delete(root); } return out; };
  let rolledX = 0, rolledY = 0;

  const bring = (spot) => {
    pass++;
    readAgain = []; wanted = new Set(); moved = false; hot = false;
    mutated(changes.takeRecords());
    if (scanSheets(observed.size ? roots() : [document])) everything = true;
    if (relabel && !everything) { relabel = false; remap(); }
    poll();
    const main = documents.get(document);
    if (!main || main.root !== bodyOf(document) || !spot.every((v, i) => v === main.spot[i])) everything = true;
    if (!everything) {
      const dx = units64(scrollX) - rolledX, dy = units64(scrollY) - rolledY;
      if (dx || dy) { moved = true; hot = true; roll(main, -dx, -dy); }
      for (const f of documents.values()) if (f !== main) {
        if (!f.win || f.doc.defaultView !== f.win || !alive.has(unitOf.get(f.root)?.id)) { documents.delete(f.doc); continue; }
        if (f.win.scrollX !== f.sx || f.win.scrollY !== f.sy) { mark(unitOf.get(f.root), DEEP); restyled = true; }
      }
    }
    rolledX = units64(scrollX); rolledY = units64(scrollY);
    if (!everything) local();
    if (everything) whole(spot);
    cover();
    restyled = false;
    fresh.clear();
    relabel = false;
    items = []; vis = [];
  };
  // The window was scrolled: what moves with it is moved, what does not is read again.
  const roll = (f, dx, dy) => {
    const root = unitOf.get(f.root);
    refresh(f);
    const go = (u) => {
      if (u !== root && !u.plain) { mark(u, DEEP); return; }
      if (u.layered && u !== root) { mark(u, DEEP); return; }
      u.box = [u.box[0] + dx, u.box[1] + dy, u.box[2], u.box[3]];
      u.l += dx; u.r += dx; u.t += dy; u.b += dy;
      wanted.add(u);
      let frames = false;
      for (const item of u.items) {
        if (item.el !== undefined) { if (item.F === u.F) go(item); else frames = true; } else {
          item[6] += dx; item[7] += dy;
        }
      }
      if (frames || !u.plain || u.layered) mark(u, SHALLOW);
      if (frames) for (const item of u.items) if (item.el !== undefined && item.F !== u.F) mark(item, DEEP);
    };
    if (root) go(root); else everything = true;
  };
  const local = () => {
    for (const f of documents.values()) refresh(f);
    for (let round = 0; dirty.length && round < 40; round++) {
      const now = dirty.filter((u) => u.dirty !== CLEAN);
      dirty = [];
      for (const u of now) { u.depth = 0; for (let p = u.parent; p; p = p.parent) u.depth++; }
      now.sort((a, b) => a.depth - b.depth);
      const from = readAgain.length;
      pass++;
      for (const u of now) { if (everything) return; if (u.dirty !== CLEAN) again(u); }
      if (everything) return;
      if (sheets.containers && moved) { everything = true; return; }
      for (const u of readAgain.slice(from)) if (alive.has(u.id) && u.dirty === CLEAN) ripple(u);
      if (sheets.floats && moved) for (const u of readAgain.slice(from)) if (u.parent && u.floated !== u.box.join()) { u.floated = u.box.join(); mark(u.parent, DEEP); }
      if (moved && round === 0) for (const u of alive.values()) if (u.layered && u.pass !== pass) mark(u, DEEP);
      fresh.clear();
      if (round === 39) everything = true;
    }
  };
  const whole = (spot) => {
    for (let tries = 0; tries < 2; tries++) {
      pass++;
      everything = false;
      readAgain = [];
      wanted = new Set();
      dirty = [];
      items = []; vis = []; block = null; base = 0; plain = true; layered = false; reusing = false; lastSeen = null; forced = null;
      labels = new Map(); labelRoots.clear(); headers = new Map(); tables.clear(); drawsFrom = new Map(); namedBy = new Map(); closedFrames.clear();
      scrollers.clear();
      readDocument(document, globalThis, 0, spot);
      for (const [doc, f] of documents) if (f.pass !== pass) documents.delete(doc);
      for (const u of [...alive.values()]) if (u.pass !== pass) { alive.delete(u.id); buried.push(u.id); withControls.delete(u); untold.delete(u); if (unitOf.get(u.el) === u) unitOf.delete(u.el); }
      for (const u of dirty) u.dirty = CLEAN;
      dirty = [];
      moved = true; hot = true;
      everything = false;
      spots = new Map();
      for (const el of scrollers) spots.set(el, `${el.scrollLeft} ${el.scrollTop}`);
      animated = animatedNow();
      focusedNow = [];
      for (const f of documents.values()) { const el = focusOf(f.doc); if (el) focusedNow.push(el); }
      if (!scanSheets(roots())) break;
      if (!sheets.clips) break;
    }
  };
  const cover = () => {
    for (const u of wanted) sight(u);
    for (const u of hot || restyled ? alive.values() : new Set(readAgain)) {
      if (u.side === -1 || !alive.has(u.id)) continue;
      const rows = checked(u);
      if (!rows.length) continue;
      const before = rows.map((row) => row[5]);
      clear(rows);
      markCovered(rows, u.F);
      if (!u.fresh && rows.some((row, i) => row[5] !== before[i])) { u.fresh = true; untold.add(u); }
    }
  };
