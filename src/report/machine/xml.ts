type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element; `content` is XML already, as `text` makes it. */
export function element(name: string, attributes: Attributes, content: readonly string[] = []): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${text(String(value)).replaceAll('\n', '&#10;')}"`)
    .join('');
  return content.length === 0
    ? `<${name}${written}/>`
    : `<${name}${written}>${content.join(name.startsWith('test') ? '\n' : '')}</${name}>`;
}

// Everything but tab, line feed and the planes of characters; a lone surrogate is no character.
const illegal = /[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const entities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
]);

/**
 * Text for content and attributes. What XML 1.0 cannot say is left out; without a bare `>` there is no `]]>`. What GitHub's
 * runner would obey in a log, `::` at the start of a line and `##[` anywhere, is spelled with a reference.
 */
export function text(value: string): string {
  return value
    .replaceAll(illegal, '')
    .replaceAll(/[&<>"']/gu, (character) => entities.get(character) ?? '')
    .replaceAll(/^(\s*):(?=:)/gmu, '$1&#58;')
    .replaceAll('##[', '#&#35;[');
}
