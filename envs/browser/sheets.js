// What the style sheets of a document react to: which changes of classes, attributes and states can change what is read
// of other elements, and how far that reaches.

  // Properties that change nothing of what is read.
  const COSMETIC = /^(-webkit-)?(color|background|border-[a-z-]*(color|radius|style|image)|outline|box-shadow|text-(decoration|shadow|emphasis|underline|fill)|transition|caret|accent|fill|stroke|scrollbar-color|tap-highlight|font-smoothing|user-select|appearance|will-change|print|color-scheme|filter|backdrop)/;
  const NEAR = 1, SIDEWAYS = 2, ANYWHERE = 3;
  const FEATURE = /\[\s*([\w|-]+)|([.#])((?:\\.|[\w-]|[^\x00-\x7f])+)|::?([\w-]+)/g;
  const NOT_TOLD = /:(first|last|only|nth|empty)/;

  // tokens: '.class', '#id', '[attribute', ':pseudo' → how far a change of it reaches (NEAR: the element and what is in it).
  // states: the compounds in which a pseudo-class stands, for `reacts`.
  const sheets = { tokens: new Map(), states: new Map(), opaque: false, clips: true, floats: false, containers: false, adjacent: false, counting: false, has: false, texts: new Map(), lists: new Map() };

  const everyRule = (list, above, visitRule) => {
    for (const rule of list) {
      visitRule(rule, above);
      let inner = null;
      try { inner = rule.cssRules ?? rule.styleSheet?.cssRules; } catch { sheets.opaque = true; }
      if (inner && inner.length) everyRule(inner, rule.selectorText ? above.concat(rule.selectorText) : above, visitRule);
    }
  };
  const matters = (style) => {
    for (let i = 0; i < style.length; i++) if (!COSMETIC.test(style[i])) return true;
    return false;
  };
  const learn = (selector) => {
    const plain = selector.replace(/\[[^\]]*\]/g, (part) => part.replace(/[+~>]/g, ''));
    const structural = NOT_TOLD.test(plain);
    const level = plain.includes(':has(') ? ANYWHERE : /[+~]/.test(plain.replace(/:nth-[\w-]+\([^)]*\)/g, '')) ? SIDEWAYS : NEAR;
    if (level === ANYWHERE) sheets.has = true;
    if (/\+/.test(plain) || /:(first|last|only|empty)/.test(plain)) sheets.adjacent = true;
    if (/~|:nth/.test(plain)) sheets.counting = true;
    if (/\\[0-9a-f]/i.test(selector)) sheets.opaque = true;
    for (const [, attribute, kind, name, pseudo] of selector.matchAll(FEATURE)) {
      const token = attribute ? `[${attribute.toLowerCase()}` : kind ? kind + name.replace(/\\(.)/g, '$1') : `:${pseudo.toLowerCase()}`;
      if ((sheets.tokens.get(token) ?? 0) < level) sheets.tokens.set(token, level);
      if (pseudo && !structural) {
        const known = sheets.states.get(token);
        if (known) known.add(selector); else sheets.states.set(token, new Set([selector]));
      } else if (pseudo) sheets.states.set(token, (sheets.states.get(token) ?? new Set()).add(selector));
    }
  };
  const compounds = new Map();
  const textsOf = (sheet) => {
    const text = [sheet.disabled ? 'off' : sheet.media.mediaText];
    let list = null;
    try { list = sheet.cssRules; } catch { text.push(null); }
    if (list) for (let i = 0; i < list.length; i++) text.push(list[i].cssText);
    return text;
  };
  const sheetsOf = (root) => [...root.styleSheets, ...(root.adoptedStyleSheets ?? [])];
  // Reads all style sheets that have changed since the last call. True where any has (or one came or went).
  const scanSheets = (roots) => {
    let changed = false;
    const now = new Map(), lists = new Map();
    for (const root of roots) {
      const list = sheetsOf(root);
      lists.set(root, list);
      const former = sheets.lists.get(root);
      if (former === undefined ? list.length > 0 : former.length !== list.length || former.some((sheet, i) => sheet !== list[i])) changed = true;
      for (const sheet of list) {
        if (now.has(sheet)) continue;
        const text = textsOf(sheet);
        now.set(sheet, text);
        const before = sheets.texts.get(sheet);
        if (before === undefined || before.length !== text.length || before.some((line, i) => line !== text[i])) changed = true;
      }
    }
    sheets.lists = lists;
    if (now.size !== sheets.texts.size) changed = true;
    if (!changed) return false;
    compounds.clear();
    Object.assign(sheets, { tokens: new Map(), states: new Map(), opaque: false, clips: false, floats: false, containers: false, adjacent: false, counting: false, has: false, texts: now });
    for (const [sheet, text] of now) {
      if (text[1] === null) { sheets.opaque = true; sheets.clips = true; sheets.floats = true; continue; }
      for (const line of text) {
        if (line.includes('clip-path')) sheets.clips = true;
        if (line.includes('float:')) sheets.floats = true;
        if (line.includes('@container')) sheets.containers = true;
      }
      if (sheet.cssRules) everyRule(sheet.cssRules, [], (rule, above) => {
        if (rule.selectorText && rule.style && (matters(rule.style))) for (const selector of [...above, rule.selectorText]) learn(selector);
        else if (rule.style && above.length && matters(rule.style)) for (const selector of above) learn(selector);
      });
    }
    return true;
  };
  // How far a change of these tokens on an element reaches; 0 where no style sheet speaks of them.
  const reach = (tokens) => {
    let far = 0;
    for (const token of tokens) {
      const level = sheets.tokens.get(token);
      if (level !== undefined && level > far) far = level;
    }
    return far;
  };
  // The same for a state (a pseudo-class) that an element has entered or left.
  const reacts = (el, pseudo) => {
    const selectors = sheets.states.get(pseudo);
    if (!selectors) return 0;
    let key = compounds.get(selectors);
    if (key === undefined) {
      const parts = [];
      const bare = new RegExp(`${pseudo}(?![\\w-])`, 'g');
      for (const selector of selectors) {
        if (/:(is|where|not|has|host)\(/.test(selector) || selector.includes('&')) { parts.length = 0; parts.push('*'); break; }
        for (const one of selector.split(',')) for (const compound of one.split(/[\s>+~]+/)) {
          if (compound.includes(pseudo)) parts.push(compound.replace(bare, '').replace(/::[\w-]+(\([^)]*\))?/g, '') || '*');
        }
      }
      key = Array.from(new Set(parts)).join(',');
      compounds.set(selectors, key);
    }
    try { return matches(el, key) ? sheets.tokens.get(pseudo) ?? 0 : 0; } catch { return sheets.tokens.get(pseudo) ?? 0; }
  };
