import { basicSetup, EditorView, minimalSetup } from 'codemirror';
import { javascript } from '@codemirror/lang-javascript';

const label = (name) => EditorView.contentAttributes.of({ 'aria-label': name });
window.code = new EditorView({ doc: 'let old = 1;\n', extensions: [basicSetup, javascript(), label('Code')], parent: document.getElementById('code') });
window.plain = new EditorView({ doc: 'old text', extensions: [minimalSetup, label('Plain')], parent: document.getElementById('plain') });
