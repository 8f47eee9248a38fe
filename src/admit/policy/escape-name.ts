const reserved = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
);

/** `k8s.io/apiserver/pkg/cel` Escape: how a rule spells a property that is no CEL identifier. */
export function escapeName(name: string): string {
  if (reserved.has(name)) return `__${name}__`;
  return name
    .replaceAll('__', '__underscores__')
    .replaceAll('.', '__dot__')
    .replaceAll('-', '__dash__')
    .replaceAll('/', '__slash__');
}

/** Every name by which a rule may read a property: a reserved word is taken as it is written, too (since a compatibility version of 1.31). */
export function namesInRules(name: string): readonly string[] {
  const escaped = escapeName(name);
  return reserved.has(name) ? [escaped, name] : [escaped];
}
