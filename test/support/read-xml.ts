export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#10': '\n',
  '#35': '#',
  '#58': ':',
};

/** Reads XML as strictly as its grammar is, as far as reports use it; throws where it is not well-formed. */
export function readXml(xml: string): XmlElement {
  // XML 1.0, production 2.
  if (/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(xml))
    throw new Error('illegal character');
  const body = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/u, '');
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const token = /<(\/?)([A-Za-z-]+)((?:\s+[A-Za-z-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/guy;
  let end = 0;
  for (const match of body.matchAll(token)) {
    if (match.index !== end) throw new Error(`not XML: ${body.slice(end, end + 60)}`);
    end = match.index + match[0].length;
    const [, closing, name = '', attributes = '', empty, text] = match;
    const current = open.at(-1) ?? root;
    if (text !== undefined) current.text += unescaped(text);
    else if (closing === '/') {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes nothing`);
    } else {
      const child: XmlElement = { name, attributes: readAttributes(attributes), children: [], text: '' };
      current.children.push(child);
      if (empty !== '/') open.push(child);
    }
  }
  const [element] = root.children;
  if (end !== body.length || open.length !== 1 || element === undefined) throw new Error('not XML');
  return element;
}

function readAttributes(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/([A-Za-z-]+)="([^"]*)"/gu)].map(([, key = '', value = '']) => [key, unescaped(value)]),
  );
}

function unescaped(text: string): string {
  if (text.includes(']]>')) throw new Error(']]> in text');
  return text.replaceAll(/&([^;]*);?/gu, (entity, name: string) => {
    const value = named[name];
    if (value === undefined || !entity.endsWith(';')) throw new Error(`unknown entity ${entity}`);
    return value;
  });
}
