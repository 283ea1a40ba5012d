// In the page's own world, before any of its scripts, in every frame: the first listener of the window. Frames of another
// process get our own world only after their scripts have begun; there this asks it, by an event of a name that the page
// cannot guess, whether a press may pass. It knows nothing itself, and what it uses is kept from what a page may put in its place.
(() => {
  'use strict';
  const { apply } = Reflect, Question = MouseEvent;
  const get = (proto, key) => Object.getOwnPropertyDescriptor(proto, key).get;
  const listen = EventTarget.prototype.addEventListener, send = EventTarget.prototype.dispatchEvent;
  const stop = Event.prototype.stopImmediatePropagation, prevent = Event.prototype.preventDefault, path = Event.prototype.composedPath;
  const refused = get(Event.prototype, 'defaultPrevented'), x = get(MouseEvent.prototype, 'clientX'), y = get(MouseEvent.prototype, 'clientY');
  const kinds = ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'pointercancel', 'click', 'auxclick', 'dblclick', 'contextmenu'];
  kinds.forEach((kind, detail) => {
    apply(listen, window, [kind, (event) => {
      if (!event.isTrusted) return;
      const question = new Question('@EARLY@', { clientX: apply(x, event, []), clientY: apply(y, event, []), cancelable: true, composed: true, detail });
      apply(send, apply(path, event, [])[0], [question]);
      if (!apply(refused, question, [])) return;
      apply(stop, event, []);
      apply(prevent, event, []);
    }, true]);
  });
})();
