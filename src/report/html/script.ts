// Search, groups, counts, copying, and all of it in the address. It reads what the page shows and writes texts and the state of controls: no
// data becomes markup or code, and without it the page reads as it stands.
const source = `(() => {
const list = document.querySelector('.findings'), tools = document.getElementById('tools');
document.documentElement.className = 'js';
const say = (button, text) => { const before = button.textContent; button.textContent = text; setTimeout(() => { button.textContent = before; }, 1200); };
const resize = (picture, how) => {
  const svg = picture.querySelector('svg'), { width, height } = svg.viewBox.baseVal, now = svg.width.baseVal.value;
  const room = svg.parentElement.clientWidth || width;
  const wanted = how === 'fit' ? Math.min(width, room) : how === 'start' ? Math.min(width, Math.max(room, width * 0.7)) : now * (how === 'in' ? 1.25 : 0.8);
  const next = Math.max(width / 8, Math.min(width * 3, wanted));
  svg.width.baseVal.value = next;
  svg.height.baseVal.value = next * height / width;
};
for (const picture of document.querySelectorAll('.picture')) resize(picture, 'start');
document.addEventListener('click', (event) => {
  const button = event.target.closest('button.copy');
  if (button) {
    const text = button.previousElementSibling.textContent;
    const done = navigator.clipboard ? navigator.clipboard.writeText(text) : Promise.reject();
    done.then(() => say(button, 'Copied'), () => { getSelection().selectAllChildren(button.previousElementSibling); say(button, 'Selected'); });
  }
  const zoom = event.target.closest('button.zoom');
  if (zoom) resize(zoom.closest('.picture'), zoom.dataset.z);
  const cell = event.target.closest('a[data-c]');
  if (cell && list) {
    event.preventDefault();
    check(cell.dataset.e); check(cell.dataset.c);
    search.value = cell.dataset.q;
    apply();
    document.getElementById('findings').scrollIntoView();
  }
});
if (!list || !tools) return;
const order = [...list.children];
const items = [...list.querySelectorAll('article:not(.cause)')];
const causes = order.filter((one) => one.classList.contains('cause')).map((element) => ({ element, fold: element.firstChild, members: [...element.querySelectorAll('article')] }));
const texts = items.map((item) => item.textContent.toLowerCase());
const search = document.getElementById('search'), group = document.getElementById('group'), count = document.getElementById('shown');
const boxes = [...document.querySelectorAll('input[id^="s-"]')];
const radios = [...document.querySelectorAll('input[name="e"],input[name="c"]')];
const check = (id) => { const one = document.getElementById(id); if (one) one.checked = true; };
const chosen = (name) => radios.find((one) => one.name === name && one.checked && !one.id.endsWith('-all'));
let heads = [];
const keyOf = { rule: (item) => item.dataset.r, file: (item) => item.dataset.f, environment: (item) => item.dataset.e || 'no environment', owner: (item) => item.dataset.o || 'no one owns it' };
const arrange = () => {
  for (const head of heads) head.remove();
  heads = [];
  const key = keyOf[group.value];
  if (!key) {
    for (const cause of causes) cause.fold.append(...cause.members);
    list.append(...order);
    return;
  }
  for (const { element } of causes) element.remove();
  const groups = new Map();
  for (const item of items) { const name = key(item); if (!groups.has(name)) groups.set(name, []); groups.get(name).push(item); }
  for (const [name, members] of [...groups].sort((a, b) => b[1].length - a[1].length)) {
    const head = document.createElement('h3');
    head.className = 'group';
    head.members = members; head.name = name;
    heads.push(head);
    list.append(head, ...members);
  }
};
const apply = () => {
  const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
  const environment = chosen('e'), criterion = chosen('c');
  const off = boxes.filter((one) => !one.checked).map((one) => one.id.slice(2));
  let shown = 0;
  items.forEach((item, index) => {
    const isShown = words.every((word) => texts[index].includes(word)) && !off.some((one) => item.classList.contains(one)) &&
      (!environment || item.classList.contains(environment.id)) && (!criterion || item.firstChild.classList.contains(criterion.id));
    item.hidden = !isShown;
    if (isShown) shown += 1;
  });
  for (const { element, fold, members } of causes) {
    element.hidden = members.every((item) => item.hidden);
    if (words.length) fold.open = true;
  }
  for (const head of heads) {
    const open = head.members.filter((item) => !item.hidden).length;
    head.hidden = open === 0;
    head.textContent = head.name + ' (' + open + ')';
  }
  count.textContent = shown + ' of ' + items.length + ' shown';
  const state = new URLSearchParams();
  if (search.value) state.set('q', search.value);
  if (group.value) state.set('group', group.value);
  if (environment) state.set('environment', environment.dataset.n);
  if (criterion) state.set('criterion', criterion.dataset.n);
  if (off.length) state.set('without', off.join(' '));
  const text = String(state);
  const isOurs = location.hash.startsWith('#?');
  if (text || isOurs) history.replaceState(null, '', text ? '#?' + text : '#findings');
};
const restore = () => {
  if (!location.hash.startsWith('#?')) return;
  const state = new URLSearchParams(location.hash.slice(2));
  search.value = state.get('q') || '';
  group.value = state.get('group') || '';
  for (const name of ['environment', 'criterion']) {
    const one = radios.find((radio) => radio.name === name[0] && radio.dataset.n === state.get(name));
    if (one) one.checked = true; else check(name[0] + '-all');
  }
  const off = (state.get('without') || '').split(' ');
  for (const box of boxes) box.checked = !off.includes(box.id.slice(2));
};
const openTarget = () => {
  const body = /^#[0-9a-f]{32}$/.test(location.hash) && document.getElementById(location.hash.slice(1));
  for (let one = body && body.closest('details'); one; one = one.parentElement.closest('details')) one.open = true;
};
const refresh = () => { arrange(); apply(); };
search.addEventListener('input', apply);
group.addEventListener('change', refresh);
for (const one of [...boxes, ...radios]) one.addEventListener('change', apply);
addEventListener('hashchange', () => { restore(); refresh(); openTarget(); });
tools.hidden = false;
restore(); refresh(); openTarget();
})();`;

export const script: string = source;

/** The SHA-256 of the script, the only one that the page's policy lets run. A test says what it has to be. */
export const scriptHash = 'sha256-PIw2gekhRBUA2gY0CqAPcNFTf/QGeJfaGTFaubS0TO8=';
