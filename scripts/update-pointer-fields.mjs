// Writes src/admit/update/pointer-fields-data.ts from the Go types of Kubernetes:
//   node scripts/update-pointer-fields.mjs
// OpenAPI does not tell a pointer from a plain field, and only for the one an empty value differs from none.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

const module = 'k8s.io/api@v0.36.3';
const groups = [
  'core',
  'apps',
  'batch',
  'storage',
  'networking',
  'resource',
  'certificates',
  'storagemigration',
  'coordination',
  'rbac',
];

const { Dir: root } = JSON.parse(
  execFileSync('go', ['mod', 'download', '-json', module], { encoding: 'utf8' }),
);

const lines = [];
for (const group of groups) {
  for (const version of readdirSync(`${root}/${group}`).filter((name) => /^v\d/.test(name))) {
    const file = `${root}/${group}/${version}/types.go`;
    if (!existsSync(file)) continue;
    const structs = structsOf(readFileSync(file, 'utf8'));
    for (const name of [...structs.keys()].sort()) {
      const pointers = [...new Set(pointersOf(structs, name))].sort();
      if (pointers.length > 0 && !/(?:List|Status|Options)$/.test(name))
        lines.push(`${group}.${version}.${name} ${pointers.join(' ')}`);
    }
  }
}

const text = `// Written by scripts/update-pointer-fields.mjs from ${module}: the fields of each type that are pointers in Go.
export const pointerFieldsText: string = \`
${lines.join('\n')}
\`;
`;
writeFileSync(new URL('../src/admit/update/pointer-fields-data.ts', import.meta.url), text);

function structsOf(source) {
  const structs = new Map();
  for (const [, name, body] of source.matchAll(/^type (\w+) struct \{\n(.*?)^\}/gms)) structs.set(name, body);
  return structs;
}

/** The JSON names of pointer fields, those of embedded structs included. */
function pointersOf(structs, name) {
  return (structs.get(name) ?? '').split('\n').flatMap((line) => {
    const embedded = /^\t(\w+) `json:",inline"/.exec(line)?.[1];
    if (embedded !== undefined) return pointersOf(structs, embedded);
    const field = /^\t\w+\s+\*[\w.]+\s+`json:"(\w+)/.exec(line)?.[1];
    return field === undefined ? [] : [field];
  });
}
