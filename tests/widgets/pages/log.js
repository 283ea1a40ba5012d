// What a widget told its page, in order: the tests read `happened`, never our own reading. A page that has #said shows it.
window.happened = [];
window.log = (...words) => {
  window.happened.push(words.join(' '));
  const said = document.getElementById('said');
  if (said) said.textContent = words.join(' ');
};
