import { describe, expect, it } from 'vitest';
import { writeBaseline } from '../../src/report/finding/baseline.ts';
import { formatNames, formatReport } from '../../src/report/format.ts';
import { rulePages } from '../../src/run/rule-pages.ts';
import { lintFiles } from '../support/lint-files.ts';

const token = 'zq7Canary-4f19e3b2d8';
const encoded = btoa(token);
const twice = btoa(encoded);

const files = {
  'secret.yaml': `apiVersion: v1
kind: Secret
metadata: {name: s}
type: 7
data:
  a: ${encoded}
  b: "${encoded}!"
  c: ${twice}
stringData:
  d: ${token}
  e: |
    ${token}
    more
  f: [${token}]
`,
  'broken.yaml': `apiVersion: v1\nkind: Secret\nmetadata: {name: t}\nstringData:\n  a: ${token}\n  a: ${token}2\n b: [\n`,
  'broken-list.yaml': `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: web\n    env:\n    - name: DB_PASSWORD\n      value: [${token}]\n   b: [\n`,
  'list.yaml': `apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Secret\n    metadata: {name: u}\n    stringData: {a: ${token}, b: 1}\n`,
  'pod.yaml': `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: web:1.0.0
      env:
        - name: API_TOKEN
          value: ${token}
        - name: DATABASE_PASSWORD
          value: "${token}"
`,
  'k/kustomization.yaml': `resources: [../gone.yaml]
secretGenerator:
  - name: g
    literals:
      - token=${token}
      - "broken ${token}"
    files: [token.txt]
    envs: [token.env]
patches:
  - patch: |-
      apiVersion: v1
      kind: Secret
      metadata: {name: nobody}
      stringData: {a: ${token}}
`,
  'k/token.txt': token,
  'k/token.env': `TOKEN=${token}\nbroken ${token}\n`,
};

/** The token as somebody could recognise it. */
const traces = [
  token,
  token.slice(0, 10),
  encoded,
  encoded.slice(0, 12),
  twice,
  encodeURIComponent(token),
  Buffer.from(token).toString('hex'),
];

describe.each(Object.keys(files).filter((path) => path.endsWith('.yaml')))('a secret in %s', (path) => {
  const folder = path.includes('/') ? path.replace(/\/.*$/u, '/') : path;
  const some = Object.fromEntries(Object.entries(files).filter(([name]) => name.startsWith(folder)));
  const report = lintFiles(some);

  it('gives findings', () => {
    expect(report.findings.length).toBeGreaterThan(0);
  });

  it.each(formatNames)('is not printed as %s', (name) => {
    const terminal = { colours: true, width: 200, guardCommands: false };
    const text = formatReport(report, name, { pages: rulePages(), terminal });
    expect(text.length).toBeGreaterThan(100);
    for (const trace of traces) expect(text).not.toContain(trace);
  });

  it('does not get into a baseline', () => {
    const text = writeBaseline(report, '2026-11-23');
    for (const trace of traces) expect(text).not.toContain(trace);
  });
});
