import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Document, Reader } from '../../src/source/document.ts';
import { defaultLimits } from '../../src/source/limits.ts';
import { stride } from '../../src/source/position.ts';
import { scanDocuments } from '../../src/source/scan.ts';
import { readStream } from '../../src/source/yaml/read-stream.ts';

const sample = `# Two services
apiVersion: v1
kind: Service
metadata:
  name: redis   # cache
  labels: {app: redis, "tier": 'data', port: 6379}
  annotations:
    a.b/c: "x: y # z"
    'quoted key': 'it''s'
    note: |
      first

        indented # kept
      last
    folded: >-
      one
      two

      three
    given: |2-

      deeper


        three
    stripped: >-1 # and its comment
     one
     two
    plain: one
      two - three

      #four: is a comment of its own
    plainly: one, "two"   # and its comment
    more: one
      - two  

      three'#
    single: 'one   
      it''s two


      three: # '
    double: "
      one  

      \\t two: \\"three\\"
      "
    long: "one\\
      \\ two \\

      \\U0001F600 \\u00e9\\x41\\0 three\\\\
      four\\\\\\
      five"
    below:
      "one
      two"
    further:

      one
      two # and its comment
    port: :8081
spec:
  type: ClusterIP
  ports:
  - name: redis
    port: 6379
    targetPort: "6379"
  -   name: http
      port: 80
  selector:
    app: redis
  empty:
  list: []
  map: {}
  nested: [a, [b, {c: d}], 1.5, true]
  none:
    {}
  commented: # here
    # and here
    a: b
  unset: # here too
  args:
    - --flag=a:b
    - -c
    -
    - - deep
      - deeper
    - # of the item
      key: value
    -
      quoted
    - key: value
      other:
        - x
    - |-
      script
---
# nothing

---
{"kind": "List", "items": [
  {"a": 1, "b": [true, null]}
]}
---
- 010
- yes
- 2001-01-01
- 1_000
`;

function compare(text: string, reader: Reader): boolean {
  const file = { path: 'a.yaml', text };
  const scanned = scanDocuments(file, reader, defaultLimits);
  if (scanned === undefined) return false;
  const { documents, diagnostics } = readStream(file, reader, defaultLimits, { aliasNodes: 0 });
  expect(diagnostics).toEqual([]);
  expect(scanned.documents.map(show)).toEqual(documents.map(show));
  if (scanned.isReadAlike) {
    const other = scanDocuments(file, reader === 'kustomize' ? 'api-server' : 'kustomize', defaultLimits);
    expect(other?.documents.map(show)).toEqual(documents.map(show));
  }
  return true;
}

function show({ index, value, positions }: Document) {
  const rows = [];
  for (let at = 0; at < positions.nodes.length; at += stride) {
    rows.push([...positions.nodes.subarray(at, at + stride)].join(' '));
  }
  return { index, value, rows, keys: positions.keys };
}

test.each(['kustomize', 'api-server'] as const)('reads the sample as the library does, %s', (reader) => {
  expect(compare(sample, reader)).toBe(true);
});

test('reads recorded documents as the library does, or leaves them to it', () => {
  const recorded = JSON.parse(
    readFileSync(new URL('fixtures/decoded.json', import.meta.url), 'utf8'),
  ) as readonly (readonly [string, ...unknown[]])[];
  let scanned = 0;
  for (const [text] of recorded) {
    if (compare(`a: 1\n${text}`, 'kustomize')) scanned += 1;
    if (compare(`a: 1\n${text}`, 'api-server')) scanned += 1;
    compare(`a:\n  - b: 1\n${text.replace(/^/gm, '    ')}`, 'kustomize');
  }
  expect(scanned).toBeGreaterThan(400);
});

const fragments = [
  'a',
  'b: ',
  'c:',
  ': ',
  ':',
  '- ',
  '-',
  '\n',
  '\n  ',
  '\n    ',
  ' ',
  '#',
  ' # x',
  '"',
  "'",
  '|',
  '>',
  '|-\n',
  '|2-\n',
  '>-1\n',
  '|4\n',
  '>\n',
  '[',
  ']',
  '{',
  '}',
  ', ',
  ',',
  '---\n',
  '...\n',
  '\t',
  '\\n',
  '\\',
  '\\ ',
  '\\\n    ',
  '\\x41',
  '\\u00e9',
  '\\U0001f600',
  '\\x85',
  ':a',
  '\\\\',
  '1',
  '0x',
  '~',
  'yes',
  '&a ',
  '*a',
  '!!str ',
  '<<: ',
  '? ',
  'é',
  '😀',
  '"k": ',
  "'k': ",
  '- - ',
  'x y',
  '%',
  '@',
  '=',
];

test('leaves a block of text to the library that has a line of tabs', () => {
  expect(compare('a: |\n  b\n  \t\n', 'kustomize')).toBe(false);
});

test('edits of the sample are read as the library does, or left to it', () => {
  const edit = fc.record({
    at: fc.nat(sample.length),
    cut: fc.nat(12),
    put: fc.array(fc.constantFrom(...fragments), { maxLength: 4 }).map((parts) => parts.join('')),
  });
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
      let text = sample;
      for (const { at, cut, put } of edits) text = text.slice(0, at) + put + text.slice(at + cut);
      compare(text, 'kustomize');
    }),
    { numRuns: 1500 },
  );
});

test('small strings are read as the library does, or left to it', () => {
  const text = fc.array(fc.constantFrom(...fragments), { maxLength: 14 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, (parts) => {
      compare(parts, 'kustomize');
      compare(`k:\n  ${parts}\nz: 1\n`, 'api-server');
    }),
    { numRuns: 4000 },
  );
});
