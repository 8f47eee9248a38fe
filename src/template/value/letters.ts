/** In capitals as Go has it: each character becomes one, or stays where it would become several. */
export function upperOf(text: string): string {
  return isAscii(text) ? text.toUpperCase() : eachOf(text, (one) => one.toUpperCase());
}

/** In small letters, character by character. */
export function lowerOf(text: string): string {
  return isAscii(text)
    ? text.toLowerCase()
    : eachOf(text, (one) => (one === '\u0130' ? 'i' : one.toLowerCase()));
}

function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/u.test(text);
}

function eachOf(text: string, change: (character: string) => string): string {
  return Array.from(text, (one) => {
    const changed = change(one);
    return [...changed].length === 1 ? changed : one;
  }).join('');
}
