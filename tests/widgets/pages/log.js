// What a widget told its page, in order: the tests read `happened`, never our own reading.
window.happened = [];
window.log = (...words) => { window.happened.push(words.join(' ')); };
