import '@vaadin/context-menu';

const menu = document.getElementById('menu');
menu.items = [{ text: 'Copy' }, { text: 'Share', children: [{ text: 'By mail' }, { text: 'By link' }] }];
menu.addEventListener('item-selected', (event) => log('menu', event.detail.value.text));
