import * as monaco from 'monaco-editor/editor/editor.api.js';
import 'monaco-editor/languages/definitions/javascript/register.js';

globalThis.MonacoEnvironment = { getWorker: () => new Worker(URL.createObjectURL(new Blob(['']))) };
window.code = monaco.editor.create(document.getElementById('code'), { value: 'let old = 1;\n', language: 'javascript', minimap: { enabled: false }, ariaLabel: 'Code' });
