// In every document of a page. Who listens first on the window sees every click that reaches the page, before the page does.
// `mean(node, what)`: a click on it, or in it, is 'right' or 'wrong'; what means nothing is background.
const meanings = new WeakMap();
const clicks = [];
const mean = (node, what) => { meanings.set(node, what); return node; };
for (const kind of ["pointerdown", "click"]) {
  addEventListener(kind, event => {
    if (!event.isTrusted) return;
    const of = event.composedPath().find(node => meanings.has(node));
    clicks.push([kind, of ? meanings.get(of) : "nothing"]);
    if (event.composedPath().some(node => /^(a|area)$/i.test(node.localName ?? ""))) event.preventDefault();  // the page stays
  }, true);
}
addEventListener("submit", event => event.preventDefault(), true);

// What happens between look and act, when the driver says so; and what is in order again after the next look.
const between = [], afterLook = [];
let happened = false;
const meanwhile = () => { if (!happened) { happened = true; for (const act of between) act(); } };
const looked = () => { if (happened) for (const act of afterLook.splice(0)) act(); };

// T: what is meant; V: what is to be seen of it (a label, where T is hidden); both are looked up anew, T may be replaced.
let T, V;
const target = (node, seen = node) => { T = mean(node, "right"); V = mean(seen, "right"); };
const all = what => { mean(T, what); mean(V, what); };
const make = (tag, css, text = "", what = "wrong") => {
  const node = document.createElement(tag);
  node.style.cssText = css;
  node.textContent = text;
  return mean(node, what);
};
// Over the target, wherever it goes: `part` is [left, top, right, bottom] of its box, 0..1.
const cover = (css, text = "", part = [0, 0, 1, 1], grow = 3) => {
  const node = make("div", "position:fixed;z-index:2147483647;" + css, text);
  const place = () => {
    const r = V.getBoundingClientRect(), zoom = node.currentCSSZoom ?? 1;
    node.style.left = (r.left + part[0] * r.width - grow) / zoom + "px"; node.style.top = (r.top + part[1] * r.height - grow) / zoom + "px";
    node.style.width = ((part[2] - part[0]) * r.width + 2 * grow) / zoom + "px"; node.style.height = ((part[3] - part[1]) * r.height + 2 * grow) / zoom + "px";
  };
  const dialog = (V.getRootNode().host ?? V).closest("dialog[open],[popover]");
  (dialog ?? document.body ?? document.documentElement).append(node);
  if (dialog) { const d = dialog.getBoundingClientRect(); node.style.transform = `translate(${getComputedStyle(dialog).transform === "none" ? 0 : -d.left}px, ${getComputedStyle(dialog).transform === "none" ? 0 : -d.top}px)`; }
  let last = "";
  (function follow() {
    const r = V.getBoundingClientRect(), now = [r.left, r.top, r.width, r.height].join();
    if (now !== last) { last = now; place(); }
    if (node.isConnected) requestAnimationFrame(follow);
  })();
  return node;
};
const say = text => { const walker = document.createTreeWalker(V, NodeFilter.SHOW_TEXT); let node;
  while ((node = walker.nextNode())) if (node.data.trim()) { node.data = text; return; }
  if (V.localName === "input") V.value = text; };
