// From which length on a word of changing letters and digits is chosen by chance: `5f3c1d`, but not `oauth2` or `v1beta1`.
const shortestRandom = 6;
const longWord = 20;

/** Whether somebody's computer made a text up: it changes between digits, capitals and small letters too often for words. */
export function isRandom(text: string): boolean {
  if (isGeneratedName(text)) return false;
  if (uuid.test(text) || isMixed(text)) return true;
  const words = text.split(/[^A-Za-z0-9]/u);
  return words.some(isRandomWord) || words.filter(hasInnerDigit).length > 1;
}

/** Letters, digits and signs that names do without. */
function isMixed(text: string): boolean {
  return (
    text.length >= 16 && text.split(/[!@#$%^*()]/u).length > 3 && /\d/u.test(text) && !/[\s=]/u.test(text)
  );
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu;

/** Words with a hash behind, as Kustomize and controllers name what they make: `web-tls-7m5fk2hd9t`. */
function isGeneratedName(text: string): boolean {
  return /^[a-z]{2,}(?:-[a-z]{2,})*-[a-z0-9]{5,10}$/u.test(text);
}

function isRandomWord(word: string): boolean {
  if (word.length < shortestRandom || /^v\d+(?:alpha|beta)\d+$/u.test(word)) return false;
  const changes = changesIn(word);
  if (word.length >= longWord) return changes >= 5 && changes * 6 >= word.length;
  return /\d/u.test(word) && changes >= 3 && changes * 4 >= word.length;
}

/** How often the kind of character changes; a capital before small letters is one word with them. */
function changesIn(word: string): number {
  let changes = 0;
  for (let index = 1; index < word.length; index++) {
    const before = kindOf(word.charCodeAt(index - 1));
    const kind = kindOf(word.charCodeAt(index));
    if (kind !== before && !(before === 'upper' && kind === 'lower')) changes += 1;
  }
  return changes;
}

function kindOf(code: number): 'digit' | 'upper' | 'lower' {
  if (code <= 57) return 'digit';
  return code <= 90 ? 'upper' : 'lower';
}

/** `t0ken`: a digit in the place of a letter, which names of things have once at most. */
export function hasInnerDigit(word: string): boolean {
  return word.length >= 4 && /[A-Za-z]\d+[A-Za-z]/u.test(word);
}
