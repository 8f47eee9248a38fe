export type Style = 'error' | 'warning' | 'note' | 'good' | 'strong' | 'faint' | 'place';

/** Puts text in a style, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

const codes: Readonly<Record<Style, string>> = {
  error: '1;31',
  warning: '1;33',
  note: '1;36',
  good: '32',
  strong: '1',
  faint: '2',
  place: '36',
};

export function paintWith(colours: boolean): Paint {
  if (!colours) return (_style, text) => text;
  return (style, text) => (text === '' ? '' : `\u001b[${codes[style]}m${text}\u001b[0m`);
}
