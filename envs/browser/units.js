// What is kept of the page between two looks: a tree of units. A unit is a block with what is in it; it is read again when
// something in it, or something that reaches it, has changed, and only then.

  // What is to be read again of a unit: nothing, what stands right in it, everything in it.
  const CLEAN = 0, SHALLOW = 1, DEEP = 2;
  // A block of SMALL rows is a unit; where LARGE have come together above it, one of two rows is, too. RUN rows are told at once.
  const SMALL = 6, LARGE = 48, RUN = 64;
  const unitOf = new Map();
  const alive = new Map();
  let lastUnit = 0, pass = 0, reusing = false, forced = null, base = 0, layered = false, plain = true;
  // Units to be read again; those that were, in this look; those that have only moved.
  let dirty = [], readAgain = [], wanted = new Set();
  // `moved`: boxes have changed somewhere; `hot`: in the viewport, perhaps, so that all hit tests are made again.
  let moved = false, hot = false;
  const withControls = new Set(), untold = new Set();
  let buried = [];

  const mark = (found, how) => {
    if (found === undefined) { everything = true; return; }
    if (found.dirty === CLEAN) dirty.push(found);
    if (how > found.dirty) found.dirty = how;
  };

  // Everything collected from `start` on becomes one unit. `known`: the unit that this element was before.
  const seal = (el, ctx, known, start, display) => {
    const kept = [];
    let controls = null, l = Infinity, t = Infinity, r = -Infinity, b = -Infinity;
    for (let i = start; i < items.length; i++) {
      const item = items[i];
      if (item === null) continue;
      kept.push(item);
      if (item.el !== undefined) continue;
      const tag = item[10].tag;
      if (tag === 'input' || tag === 'select' || tag === 'textarea') (controls ??= []).push(item[11]);
      if (item[6] < l) l = item[6];
      if (item[7] < t) t = item[7];
      if (item[6] + item[8] > r) r = item[6] + item[8];
      if (item[7] + item[9] > b) b = item[7] + item[9];
    }
    items.length = start;
    let u = known;
    if (u === undefined) {
      u = { id: ++lastUnit, el, ctx, items: kept, F, box: null, plain, layered, dirty: CLEAN, parent: null, pass, stay: 0, controls, values: null, display, sent: null, l, t, r, b, depth: 0, fresh: true };
      unitOf.set(el, u);
      alive.set(u.id, u);
    } else {
      const before = u.items;
      if (u.layered) hot = true;
      Object.assign(u, { ctx, items: kept, F, plain, layered, dirty: CLEAN, pass, controls, l, t, r, b, fresh: true });
      if (u.display !== display) { if (u.parent !== null && u.parent.pass !== pass) mark(u.parent, SHALLOW); u.display = display; }
      for (const item of before) if (item.el !== undefined && item.pass !== pass && item.stay !== pass) bury(item, u);
    }
    if (layered) hot = true;
    if (controls === null) withControls.delete(u); else { u.values = controls.map(held); withControls.add(u); }
    for (const item of kept) if (item.el !== undefined) item.parent = u;
    u.was = u.box;
    const own = kept.length > 0 && kept[0][11] === el && kept[0][8] > 0 ? kept[0] : null;
    u.box = own !== null ? [own[6], own[7], own[8], own[9]] : boxAt(el);
    u.side = sideOf(u);
    readAgain.push(u);
    untold.add(u);
    items.push(u);
  };
  // Where its rows are: 1 all in the viewport, -1 none, 0 both or not known.
  const sideOf = (u) => {
    const v = u.F.view, l = u.l / 64 - u.F.dx, t = u.t / 64 - u.F.dy, r = u.r / 64 - u.F.dx, b = u.b / 64 - u.F.dy;
    if (l > r) return -1;
    if (r <= v[0] || b <= v[1] || l >= v[2] || t >= v[3]) return -1;
    return l > v[0] && t > v[1] && r < v[2] && b < v[3] ? 1 : 0;
  };
  // Boxes have changed: does that reach the viewport?
  const heat = (before, now) => {
    moved = true;
    if (hot) return;
    let l, t, r, b;
    if (!before) [l, t, r, b] = [now[0], now[1], now[0] + now[2], now[1] + now[3]];
    else {
      l = Math.min(before[0], now[0]); r = Math.max(before[0] + before[2], now[0] + now[2]);
      t = Math.min(before[1], now[1]); b = Math.max(before[1] + before[3], now[1] + now[3]);
      if (placed(before, now) && before[2] === now[2]) t = Math.min(before[1] + before[3], now[1] + now[3]); // it grew downwards
    }
    hot = r > 0 && b > 0 && l < innerWidth * 64 && t < innerHeight * 64;
  };
  const boxAt = (el) => { const r = rectOf(el); return [units64(r.left + F.dx), units64(r.top + F.dy), units64(r.width), units64(r.height)]; };
  const bury = (u, from) => {
    if (from !== null && u.parent !== from && u.parent !== null && alive.has(u.parent.id)) return;
    if (unitOf.get(u.el) === u) unitOf.delete(u.el);
    alive.delete(u.id);
    buried.push(u.id);
    withControls.delete(u);
    untold.delete(u);
    if (u.layered) hot = true;
    u.dirty = CLEAN;
    u.parent = null;
    for (const item of u.items) if (item.el !== undefined && item.pass !== pass && item.stay !== pass) bury(item, u);
  };

  // Read one unit again, in its place.
  const again = (u) => {
    if (!alive.has(u.id)) return;
    if (!u.el.isConnected) { if (u.parent !== null) mark(u.parent, SHALLOW); u.dirty = CLEAN; return; }
    F = u.F;
    items = []; vis = []; block = null; base = 0; plain = true; layered = false; lastSeen = null;
    const parent = u.parent;
    reusing = true;
    forced = u.el;
    visit(u.el, u.ctx);
    flush();
    forced = null;
    u.parent = parent;
    u.dirty = CLEAN;
    if (u.pass !== pass && parent !== null) { mark(parent, SHALLOW); u.dirty = SHALLOW; } // it is inline now, or not read at all any more
  };

  // ---------------------------------------------------------------------------------- what a change has moved about

  const placed = (a, b) => a[0] === b[0] && a[1] === b[1];
  const sized = (a, b) => a[2] === b[2] && a[3] === b[3];

  // A unit that was not read again: is it where it was? False where it has moved.
  const standing = (u) => {
    F = u.F;
    const now = boxAt(u.el);
    const same = sized(now, u.box);
    if (same && placed(now, u.box)) return true;
    if (same && u.plain && !u.layered && rigid(u)) {
      const before = u.box;
      move(u, now[0] - u.box[0], now[1] - u.box[1]);
      heat(before, u.box);
      return false;
    }
    heat(u.box, now);
    mark(u, DEEP);
    return false;
  };
  // Whether all below can be moved by arithmetic alone; if so it is.
  const rigid = (u) => u.plain && !u.layered && u.F.spot === topSpot() && u.items.every((item) => item.el === undefined ? item[10].tag !== 'iframe' : rigid(item));
  const topSpot = () => documents.get(document)?.spot;
  const move = (u, dx, dy) => {
    u.box = [u.box[0] + dx, u.box[1] + dy, u.box[2], u.box[3]];
    u.l += dx; u.r += dx; u.t += dy; u.b += dy;
    for (const item of u.items) {
      if (item.el !== undefined) move(item, dx, dy);
      else { item[6] += dx; item[7] += dy; }
    }
    wanted.add(u);
  };
  // Which rows of a unit that has moved are outside the viewport now; all of them stand free of clips.
  const sight = (u) => {
    const side = sideOf(u);
    if (side !== 0 && side === u.side) return;
    u.side = side;
    const v = [(u.F.view[0] + u.F.dx) * 64, (u.F.view[1] + u.F.dy) * 64, (u.F.view[2] + u.F.dx) * 64, (u.F.view[3] + u.F.dy) * 64];
    for (const row of u.items) {
      if (row.el !== undefined || row[5] & S.hidden || (row[8] === 0 && row[9] === 0)) continue;
      const off = row[6] + row[8] <= v[0] || row[7] + row[9] <= v[1] || row[6] >= v[2] || row[7] >= v[3];
      if (off === ((row[5] & S.offscreen) !== 0)) continue;
      row[5] ^= S.offscreen;
      if (off) row[5] &= ~S.covered;
      u.fresh = true;
    }
  };
  const measured = (row, f) => {
    const node = row[11];
    if (node.nodeType === 1) {
      if (row[5] & S.hidden || row[8] === 0) return true;
      const r = rectOf(node);
      return units64(r.left + f.dx) === row[6] && units64(r.top + f.dy) === row[7] && units64(r.width) === row[8] && units64(r.height) === row[9];
    }
    f.range.selectNodeContents(node);
    return units64(f.range.getBoundingClientRect().top + f.dy) === row[7];
  };
  // After units were read again: their neighbours, their ancestors, and the neighbours of those.
  const ripple = (u) => {
    settleIn(u, u);
    if (!u.was || !placed(u.was, u.box) || !sized(u.was, u.box)) heat(u.was, u.box);
    for (let child = u, p = u.parent; p !== null && p !== undefined; child = p, p = p.parent) {
      if (p.dirty !== CLEAN) return;
      F = p.F;
      if (p.F !== child.F) { continue; }
      if (!settleIn(p, child)) { mark(p, SHALLOW); return; }
      const now = boxAt(p.el);
      if (!placed(now, p.box) || !sized(now, p.box)) { heat(p.box, now); mark(p, now[2] !== p.box[2] ? DEEP : SHALLOW); return; }
    }
  };
  // Whether the direct rows of `p` are where they were; the units in it are checked: those beside what changed first, all of
  // them where one has moved.
  const settleIn = (p, changed) => {
    const list = p.items;
    F = p.F;
    if (p !== changed) {
      let ok = true;
      for (let i = 0; i < list.length && ok; i++) {
        if (list[i].el !== undefined) continue;
        const node = list[i][11];
        const near = i === 0 || i === list.length - 1 || list[i - 1] === changed || list[i + 1] === changed || (node.nodeType === 1 && contains(node, changed.el));
        if (near || list.length < LARGE) ok = measured(list[i], p.F);
      }
      if (!ok) return false;
    }
    // What shares out its room gives each of its blocks another share when one of them has changed.
    const loose = p === changed || !changed.was || !sized(changed.was, changed.box) || !placed(changed.was, changed.box);
    let any = false;
    const count = list.length;
    for (let i = 0; i < count && !any; i++) {
      const c = list[i];
      if (c.el === undefined || c === changed || c.dirty !== CLEAN || c.F !== p.F || c.pass === pass) continue;
      const beside = i === 0 || i === count - 1 || isNew(list[i - 1], changed) || isNew(list[i + 1], changed) || (c.ctx.fluid && loose) || c.layered;
      if (beside && !standing(c)) any = true;
    }
    if (any) for (const c of list) if (c.el !== undefined && c !== changed && c.dirty === CLEAN && c.F === p.F && c.pass !== pass) standing(c);
    return true;
  };
  const isNew = (item, changed) => item === undefined || item === changed || item.el === undefined || item.pass === pass || item.dirty !== CLEAN;
