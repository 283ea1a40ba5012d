// Why a node cannot be seen, computed apart from our reader to judge both trees. Scripts draw their own boxes and knobs below
// transparent inputs: what is transparent and takes the click itself counts as seen.
function () {
  const up = (n) => n.assignedSlot ?? n.parentElement ?? n.getRootNode().host ?? null;
  const out = { unseen: '', shouts: false };
  const el = this.nodeType === 1 ? this : this.parentElement;
  if (!el || !el.isConnected) return { ...out, unseen: 'not in the document' };
  const box = el.getBoundingClientRect();
  const style = getComputedStyle(el);
  for (let n = el; n; n = up(n)) {
    const s = getComputedStyle(n);
    if (s.display === 'none') { out.unseen ||= 'display: none'; }
    if (s.opacity === '0') out.unseen ||= 'opacity: 0';
    if (n.localName === 'details' && !n.open && n !== el && !(n.firstElementChild?.contains(el))) out.unseen ||= 'inside closed details';
    if (n.getAttribute?.('hidden') === 'until-found') out.unseen ||= 'hidden until found';
    if (s.clip === 'rect(0px, 0px, 0px, 0px)' || /^(inset\((50|[6-9]\d|100)%|circle\(0)/.test(s.clipPath)) out.unseen ||= 'clipped away';
  }
  const works = /^(checkbox|radio|switch|slider|range|file)$/.test(el.getAttribute('role') ?? el.type ?? '');
  if (out.unseen === 'opacity: 0' && works && box.width > 4 && box.height > 4) {
    el.scrollIntoView({ block: 'nearest', behavior: 'instant' });
    const r = el.getBoundingClientRect();
    let got = document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2);
    while (got?.shadowRoot && got !== el) { const inner = got.shadowRoot.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2); if (!inner || inner === got) break; got = inner; }
    if (got === el) out.unseen = '';
  }
  if (style.visibility !== 'visible') out.unseen ||= `visibility: ${style.visibility}`;
  if (style.display !== 'contents' && (box.width <= 1 || box.height <= 1)) {
    const inner = Array.from(el.querySelectorAll('*')).some((k) => { const r = k.getBoundingClientRect(); return r.width > 1 && r.height > 1; });
    const text = el.getClientRects().length && Array.from(el.childNodes).some((k) => { if (k.nodeType !== 3 || !k.data.trim()) return false; const g = document.createRange(); g.selectNodeContents(k); const r = g.getBoundingClientRect(); return r.width > 1 && r.height > 1; });
    if (!inner && !text) out.unseen ||= `no area (${Math.round(box.width)} × ${Math.round(box.height)} px)`;
  }
  const x = scrollX, y = scrollY;
  if (box.right + x <= 0 || box.bottom + y <= 0) out.unseen ||= 'outside the page, where no scrolling leads';
  for (let n = el; n && !out.unseen; n = up(n)) {
    if (getComputedStyle(n).position !== 'fixed') continue;
    if (box.left >= innerWidth || box.top >= innerHeight || box.right <= 0 || box.bottom <= 0) out.unseen = 'outside the window, and fixed there';
    break;
  }
  let position = style.position;
  for (let n = up(el); n && !out.unseen; n = up(n)) {
    if (n === document.documentElement || n === document.body) break;
    const s = getComputedStyle(n);
    if (position === 'fixed') break;
    if (position === 'absolute' && s.position === 'static') continue;
    position = s.position;
    if (s.overflowX === 'visible' && s.overflowY === 'visible') continue;
    const r = n.getBoundingClientRect();
    if (/hidden|clip/.test(s.overflowX + s.overflowY) && (box.right <= r.left || box.left >= r.right || box.bottom <= r.top || box.top >= r.bottom || r.width <= 1 || r.height <= 1)) {
      out.unseen = `cut off by the overflow of ${n.localName}${n.className && n.className.split ? '.' + n.className.split(' ')[0] : ''}`;
    }
  }
  const all = [el, ...el.querySelectorAll('*')];
  for (let n = up(el), i = 0; n && i < 3; n = up(n), i++) all.push(n);
  out.shouts = all.slice(0, 300).some((n) => getComputedStyle(n).textTransform !== 'none');
  return out;
}
