import { Editor } from '@tiptap/core';
import StarterKit from '@tiptap/starter-kit';

window.editor = new Editor({
  element: document.getElementById('editor'), extensions: [StarterKit], content: '<p>Old text</p>',
  editorProps: { attributes: { 'aria-label': 'Story', role: 'textbox' } },
});
