// The watch: promises for "the page has changed" and "the page is at rest".

  // ------------------------------------------------------------------------------------------------- what changes

  let waiters = new Set();
  const touched = () => {
    cua.mutations++;
    for (const wake of waiters) wake();
  };
  const observer = new MutationObserver(touched);
  const WHAT = { subtree: true, childList: true, attributes: true, characterData: true };
  const watched = new WeakSet();
  // A scroll is told of a frame later; where that was accounted for at once, it is no change any more.
  const positions = new WeakMap();
  const scrollerOf = (target) => (target.nodeType === 9 ? target.scrollingElement ?? target.documentElement : target);
  const scrolled = ({ target }) => {
    const box = scrollerOf(target), at = positions.get(box);
    if (!at || at[0] !== box.scrollLeft || at[1] !== box.scrollTop) touched();
    positions.delete(box);
  };
  // We have scrolled an element into view ourselves.
  const scrolledHere = (el) => {
    touched();
    for (let box = flatParent(el); box; box = flatParent(box)) positions.set(scrollerOf(box), [box.scrollLeft, box.scrollTop]);
  };
  const watch = (root) => {
    if (watched.has(root)) return;
    watched.add(root);
    observer.observe(root, WHAT);
    for (const kind of ['input', 'change', 'load', 'error', 'toggle', 'focusin', 'focusout', 'transitionend', 'animationend']) {
      root.addEventListener(kind, touched, { capture: true, passive: true });
    }
    root.addEventListener('scroll', scrolled, { capture: true, passive: true });
  };
  cua.watchRoots(watch);
  watch(document);

  // The next change, as the next frame shows it; after `ms` without one, too: .value and CSSOM changes report nothing.
  cua.change = (seen, ms) => new Promise((resolve) => {
    let timer = 0;
    const done = (why) => { waiters.delete(wake); clearTimeout(timer); stop = null; resolve(why); };
    const wake = () => {
      waiters.delete(wake);
      const late = setTimeout(() => done('change'), 50);
      requestAnimationFrame(() => { clearTimeout(late); done('change'); });
    };
    timer = setTimeout(() => done('time'), ms);
    waiters.add(wake);
    stop = done;
    if (cua.mutations !== seen) wake();
  });
  let stop = null;
  // Called from outside when something happened that this page cannot see (a request ended, another tab opened).
  cua.wake = () => { stop?.('woken'); };

  const ends = (a) => a.playState === 'running' && a.effect !== null && Number.isFinite(a.effect.getComputedTiming().endTime);
  // One that is soon over: worth waiting for.
  const finite = (a) => ends(a) && a.effect.getComputedTiming().endTime - (a.currentTime ?? 0) < 1500;
  // A root tells of its own animations only.
  const animating = (which) => {
    for (const root of observed.size ? observed : [document]) for (const a of root.getAnimations?.() ?? []) if (which(a)) return true;
    return false;
  };
  const moving = () => animating(finite);
  // How much the page has changed; -1 while something moves to where it will stay (scripted moves end in silence).
  cua.stoodAt = () => (animating(ends) ? -1 : cua.mutations);

  // --------------------------------------------------------------------------------------------------------- rest

  // How long the browser itself expects to be idle, ms; 0 where it does not know. An idle period ends where the next timer
  // or frame is due (W3C requestIdleCallback, Chromium's long idle periods of up to 50 ms): what a page has put off for
  // some milliseconds shows here before it happens.
  const idle = (timeout) => new Promise((resolve) => {
    requestIdleCallback((deadline) => resolve(deadline.didTimeout ? 0 : deadline.timeRemaining()), { timeout });
  });
  const AHEAD = 17;
  // The frame that this is called in has been drawn, and what watches sizes and places has been told.
  const afterFrame = () => new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { port1.close(); resolve(); };
    port2.postMessage(0);
  });

  // Whether the scripts that a document waits for have run: what was heard of its loading may have been of the one before.
  const parsed = () => document.readyState === 'complete' || (performance.getEntriesByType('navigation')[0]?.domContentLoadedEventStart ?? 1) > 0;

  // Two frames in a row without a change and without a finite animation running; one where the browser knows of nothing
  // that is due before the next. 'still' where it was so from the start, 'busy' after `ms`. `quiet`: frames of them that were
  // seen before; `first`: 'quiet' after the first of them, where the browser does not know.
  const resting = (ms, quiet, first = false) => new Promise((resolve) => {
    const began = performance.now();
    let last = 0, handle = 0, timer = 0, over = false, turn = 0, stirred = false;
    const count = () => { if (observer.takeRecords().length) cua.mutations++; return cua.mutations; };
    const changed = () => {
      const now = last !== count() || moving() || !parsed();
      stirred ||= now;
      return now;
    };
    const done = (why) => {
      if (over) return;
      over = true; stop = null;
      cancelAnimationFrame(handle); clearTimeout(timer);
      resolve(`${why} ${cua.mutations}`);
    };
    const tick = async () => {
      cancelAnimationFrame(handle); clearTimeout(timer);
      if (over) return;
      const mine = ++turn;
      quiet = changed() ? 0 : quiet + 1;
      last = cua.mutations;
      await afterFrame();
      if (changed()) { quiet = 0; last = cua.mutations; }
      if (quiet === 1) {
        const ahead = await idle(first ? 3 : 20);
        if (mine !== turn) return;
        if (changed()) quiet = 0;
        else if (ahead >= AHEAD) quiet = 2;
      }
      if (quiet === 2) done(stirred ? 'rest' : 'still');
      else if (quiet === 1 && first) done(stirred ? 'rest' : 'quiet');
      else if (performance.now() - began > ms) done('busy');
      else next();
    };
    // Frames stop in tabs that are not shown: a slow timer goes on then.
    const next = () => { handle = requestAnimationFrame(tick); timer = setTimeout(tick, 50); };
    stop = done;
    last = count();
    changed();
    next();
  });
  // At rest; the same, or quiet for a frame; at rest, begun after such a frame.
  cua.rest = (ms) => resting(ms, 0);
  cua.quiet = (ms) => resting(ms, 0, true);
  cua.stay = (ms) => resting(ms, 1);
