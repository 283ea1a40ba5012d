import 'vanilla-colorful/hex-color-picker.js';
import 'vanilla-colorful/hex-input.js';

for (const id of ['hex', 'text']) document.getElementById(id).addEventListener('color-changed', (event) => log(id, event.detail.value));
