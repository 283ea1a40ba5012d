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
  const watch = (root) => {
    if (watched.has(root)) return;
    watched.add(root);
    observer.observe(root, WHAT);
    for (const kind of ['input', 'change', 'scroll', 'load', 'error', 'toggle', 'focusin', 'focusout', 'transitionend', 'animationend']) {
      root.addEventListener(kind, touched, { capture: true, passive: true });
    }
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

  const finite = (a) => {
    if (a.playState !== 'running') return false;
    const timing = a.effect?.getComputedTiming();
    return timing !== undefined && Number.isFinite(timing.endTime) && timing.endTime - (a.currentTime ?? 0) < 1500;
  };
  const moving = () => document.getAnimations().some(finite);

  // --------------------------------------------------------------------------------------------------------- rest

  // How long the browser itself expects to be idle, ms; 0 where it does not know. An idle period ends where the next timer
  // or frame is due (W3C requestIdleCallback, Chromium's long idle periods of up to 50 ms): what a page has put off for
  // some milliseconds shows here before it happens.
  const idle = () => new Promise((resolve) => {
    requestIdleCallback((deadline) => resolve(deadline.didTimeout ? 0 : deadline.timeRemaining()), { timeout: 20 });
  });
  const AHEAD = 17, QUIET = 4;

  // At rest: a frame without a change, no finite animation running, and nothing due before the next but one as far as the
  // browser knows; or four such frames in a row, whatever is due. 'busy' after `ms`.
  cua.rest = (ms) => new Promise((resolve) => {
    const began = performance.now();
    let quiet = 0, last = 0, handle = 0, timer = 0, over = false, turn = 0;
    const flush = () => { if (observer.takeRecords().length) cua.mutations++; };
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
      flush();
      const still = last === cua.mutations && !moving();
      last = cua.mutations;
      quiet = still ? quiet + 1 : 0;
      if (quiet > 0) {
        const ahead = await idle();
        if (over || mine !== turn) return;
        flush();
        if (ahead >= AHEAD && last === cua.mutations && !moving()) quiet = QUIET;
      }
      if (quiet >= QUIET) done('rest');
      else if (performance.now() - began > ms) done('busy');
      else next();
    };
    // Frames stop in tabs that are not shown: a slow timer goes on then.
    const next = () => { handle = requestAnimationFrame(tick); timer = setTimeout(tick, 50); };
    stop = done;
    flush();
    last = cua.mutations;
    next();
  });
