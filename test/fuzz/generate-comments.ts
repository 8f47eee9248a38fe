// Objects full of comments, behind keys, anchors and tags and on lines of their own, next to what aliases, merges and tags bring to them.
// Random numbers rarely make what go-yaml does with a comment that has to wait (see source/written-comments.ts).

/** An object whose anchors, aliases and merges all fit. */
export function generateCommented(random: () => number): string {
  const anchors: string[] = [];
  let count = 0;

  function chance(share: number): boolean {
    return random() < share;
  }

  function pick(from: readonly string[]): string {
    return from[Math.floor(random() * from.length)] ?? '';
  }

  function comment(): string {
    return chance(0.3) ? ' # c' : '';
  }

  function lineBefore(indent: string): string {
    if (chance(0.12)) return `${indent}# d\n`;
    return chance(0.05) ? '\n' : '';
  }

  function mergedInFlow(): string {
    return anchors.length > 0 && chance(0.6) ? `*${pick(anchors)} ` : '{<<: {m: n}}';
  }

  function flow(depth: number): string {
    if (anchors.length > 0 && chance(0.5)) return `*${pick(anchors)} `;
    if (depth > 2 || chance(0.3)) return pick(['1', 'v', '', '2001-01-01 01:01:01']);
    if (chance(0.3)) return `[${flow(depth + 1) || 1}, ${flow(depth + 1) || 1}]`;
    const keys = ['<<', 'k', 'l'].filter(() => chance(0.4));
    const fields = keys.map((key) => `${key}: ${key === '<<' ? mergedInFlow() : flow(depth + 1)}`);
    return `{${fields.join(', ')}}`;
  }

  function field(key: string, indent: string, depth: number): string {
    const before = lineBefore(indent) + indent;
    if (key !== '<<') return `${before}${key}:${value(indent, depth + 1)}`;
    const merged = anchors.length > 0 && chance(0.5) ? `*${pick(anchors)}` : '{<<: {k: {o: p}}}';
    return `${before}<<: ${merged}${comment()}\n`;
  }

  function block(indent: string, depth: number): string {
    if (chance(0.2))
      return [1, 2]
        .map(() => `${lineBefore(indent)}${indent}- ${flow(depth + 1) || 1}${comment()}\n`)
        .join('');
    const keys = ['k', 'l', 'm', '<<'].filter(() => chance(0.5));
    return (keys.length === 0 ? ['k'] : keys).map((key) => field(key, indent, depth)).join('');
  }

  function value(indent: string, depth: number): string {
    const anchor = chance(0.5) ? `x${count++}` : undefined;
    const properties = (anchor === undefined ? '' : ` &${anchor}`) + (chance(0.06) ? ' !t' : '');
    const written = valueWith(properties, indent, depth);
    if (anchor !== undefined && !aliasWithProperties.test(written)) anchors.push(anchor);
    return written.replace(aliasWithProperties, '');
  }

  function valueWith(properties: string, indent: string, depth: number): string {
    if (depth < 3 && chance(0.5)) return `${properties}${comment()}\n${block(`${indent}  `, depth)}`;
    if (chance(0.7)) return `${properties} ${flow(depth)}${comment()}\n`;
    return `${comment() || ' # e'}\n${indent}   ${properties.trim()} ${flow(depth) || '{}'}${comment()}\n`;
  }

  const fields = ['p', 'q', 'r'].map((key) => `${key}:${value('', 0)}`);
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n${fields.join('')}`;
}

// An alias takes neither.
const aliasWithProperties = /(?:&x\d+ +|!t +)+(?=\*)/;
