// What all parts share: property getters that a page cannot clobber, and the numbers of nodes.
// Parts are fragments: `world.source` joins them in one closure. They run in an isolated world: prototypes are clean, and
// the page can neither see them nor reach them. What does cross over is DOM clobbering (named items of document and form
// hide their properties), so those two are read through prototype getters.

  const getter = (proto, key) => {
    const get = Object.getOwnPropertyDescriptor(proto, key).get;
    return (node) => get.call(node);
  };
  const childNodesOf = getter(Node.prototype, 'childNodes');
  const firstChildOf = getter(Node.prototype, 'firstChild');
  const nextSiblingOf = getter(Node.prototype, 'nextSibling');
  const parentNodeOf = getter(Node.prototype, 'parentNode');
  const shadowRootOf = getter(Element.prototype, 'shadowRoot');
  const bodyOf = getter(Document.prototype, 'documentElement');
  const activeOf = getter(Document.prototype, 'activeElement');
  const titleOf = getter(Document.prototype, 'title');
  const call = (fn) => (self, ...args) => fn.apply(self, args);
  const attr = call(Element.prototype.getAttribute);
  const attrNames = call(Element.prototype.getAttributeNames);
  const matches = call(Element.prototype.matches);
  const closest = call(Element.prototype.closest);
  const rectOf = call(Element.prototype.getBoundingClientRect);
  const rectsOf = call(Element.prototype.getClientRects);
  const contains = call(Node.prototype.contains);
  const rootOf = call(Node.prototype.getRootNode);
  const queryAll = (root, css) => (root.nodeType === 9 ? Document : root.nodeType === 11 ? DocumentFragment : Element)
    .prototype.querySelectorAll.call(root, css);
  const query = (root, css) => (root.nodeType === 9 ? Document : root.nodeType === 11 ? DocumentFragment : Element)
    .prototype.querySelector.call(root, css);
  const byId = (root, id) => (root.nodeType === 9 ? Document : DocumentFragment).prototype.getElementById.call(root, id);
  const styleOf = globalThis.getComputedStyle.bind(globalThis);

  // ------------------------------------------------------------------ identity: one number a node, never given twice

  // Frames of one origin share the numbering of the topmost document they can see, so that one pass can name all their nodes.
  const top = (() => {
    let w = globalThis;
    for (;;) {
      const above = w.parent;
      if (above === w) return w;
      try { if (!above.document || !Object.hasOwn(above, 'cua')) return w; } catch { return w; }
      w = above;
    }
  })();
  const ids = new WeakMap();
  const nodes = new Map();
  let lastId = 0;
  const gone = new FinalizationRegistry((n) => nodes.delete(n));
  const idOf = (node) => {
    let n = ids.get(node);
    if (n === undefined) {
      n = ++lastId;
      ids.set(node, n);
      nodes.set(n, new WeakRef(node));
      gone.register(node, n);
    }
    return n;
  };
  const nodeOf = (n) => nodes.get(n)?.deref() ?? null;
