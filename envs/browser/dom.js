// What all parts share: property getters that a page cannot clobber, and the numbers of nodes.
// Parts are fragments: `world.source` joins them in one closure. They run in an isolated world: prototypes are clean, and
// the page can neither see them nor reach them. What does cross over is DOM clobbering (named items of document and form
// hide their properties), so those two are read through prototype getters.

  const getter = (proto, key) => {
    const get = Object.getOwnPropertyDescriptor(proto, key).get;
    return (node) => get.call(node);
  };
  // Written out one by one: each gets its own inline cache, and they are called for every node.
  const descriptor = (proto, key) => Object.getOwnPropertyDescriptor(proto, key).get;
  const firstChildGet = descriptor(Node.prototype, 'firstChild'), nextSiblingGet = descriptor(Node.prototype, 'nextSibling');
  const parentNodeGet = descriptor(Node.prototype, 'parentNode'), shadowRootGet = descriptor(Element.prototype, 'shadowRoot');
  const { getAttribute, getAttributeNames, getBoundingClientRect, matches: matchesFn, closest: closestFn } = Element.prototype;
  const firstChildOf = (node) => firstChildGet.call(node);
  const nextSiblingOf = (node) => nextSiblingGet.call(node);
  const parentNodeOf = (node) => parentNodeGet.call(node);
  const shadowRootOf = (node) => shadowRootGet.call(node);
  const attr = (el, name) => getAttribute.call(el, name);
  const attrNames = (el) => getAttributeNames.call(el);
  const matches = (el, css) => matchesFn.call(el, css);
  const closest = (el, css) => closestFn.call(el, css);
  const rectOf = (el) => getBoundingClientRect.call(el);
  const childNodesOf = getter(Node.prototype, 'childNodes');
  const bodyOf = getter(Document.prototype, 'documentElement');
  const activeOf = getter(Document.prototype, 'activeElement');
  const titleOf = getter(Document.prototype, 'title');
  const call = (fn) => (self, ...args) => fn.apply(self, args);
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
