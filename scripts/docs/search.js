// Searches the titles of all pages, without a server: without it they are a list.
const search = document.getElementById('search');
const items = [...document.querySelectorAll('.pages > li')];
const titles = items.map((item) => item.textContent.toLowerCase());
search.parentElement.hidden = false;
search.addEventListener('input', () => {
  const words = search.value.toLowerCase().split(/\s+/);
  items.forEach((item, index) => {
    item.hidden = !words.every((word) => titles[index].includes(word));
  });
});
