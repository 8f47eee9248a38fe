import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runCli, withFolder } from '../support/run-cli.ts';

const folder = fileURLToPath(new URL('fixtures', import.meta.url));

function recorded(name: string): string {
  return readFileSync(new URL(`fixtures/rendered/${name}.yaml`, import.meta.url), 'utf8');
}

// Written by `helm template` of 3.22 and 4.3.
describe('a chart with a library, an alias, imports, conditions, tags, files, hooks and definitions', () => {
  it.each(['3', '4'])('is printed as helm %s prints it, with its own values', async (helm) => {
    const call = ['render', `${folder}/shop`, '--root', folder, '--helm', helm, '--release', 'web'];
    const { stdout, status } = await runCli([...call, '--namespace', 'web', '--kubernetes-version', '1.34']);
    expect(status).toBe(0);
    expect(stdout).toBe(recorded(`v${helm}-default`));
  });

  it.each(['3', '4'])(
    'is printed as helm %s prints it, with values of a file and single ones',
    async (helm) => {
      const { stdout, status } = await runCli([
        ...[
          'render',
          `${folder}/shop`,
          '--root',
          folder,
          '--helm',
          helm,
          '--release',
          'web',
          '--namespace',
          'web',
        ],
        ...[
          '--kubernetes-version',
          '1.29',
          '--values',
          `${folder}/prod.yaml`,
          '--api-versions',
          'example.org/v1',
        ],
        ...['--set', 'ports[0].port=81,cache.enabled=false,global.domain=x\\,y', '--include-crds'],
      ]);
      expect(status).toBe(0);
      expect(stdout).toBe(recorded(`v${helm}-prod`));
    },
  );

  it('is the same packed', async () => {
    const call = [
      'render',
      `${folder}/shop-1.2.3.tgz`,
      '--root',
      folder,
      '--release',
      'web',
      '--namespace',
      'web',
    ];
    const { stdout } = await runCli([...call, '--kubernetes-version', '1.34']);
    expect(stdout).toBe(recorded('v4-default'));
  });
});

it('is what options for charts ask for, also next to a kustomization, which is built without them', () =>
  withFolder(
    {
      'c/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
      'c/templates/a.yaml': 'kind: A\nmetadata: { name: {{ .Release.Name }} }\n',
      'c/kustomization.yaml': 'resources: [b.yaml]\n',
      'c/b.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: built }\n',
    },
    async (root) => {
      expect((await runCli(['render', 'c', '--release', 'web'], root)).stdout).toContain('{ name: web }');
      expect((await runCli(['render', 'c'], root)).stdout).toContain('name: built');
    },
  ));

function refusal(files: Readonly<Record<string, string>>, ...options: readonly string[]): Promise<string> {
  const chart = { 'c/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n', ...files };
  return withFolder(chart, async (root) => {
    const { stdout, stderr, status } = await runCli(['render', 'c', ...options], root);
    expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
    return stderr.split('\n')[0] ?? '';
  });
}

describe('a chart that helm refuses', () => {
  const place = 'cdb-lint: c/templates';

  it.each([
    [
      'a: {{ .Values.x.y }}',
      `${place}/t.yaml:1:14: template: c/templates/t.yaml:1:13: executing "c/templates/t.yaml" at <.Values.x.y>: nil pointer evaluating interface {}.y`,
    ],
    ['a: {{ required "x is needed" .Values.x }}', `${place}/t.yaml:1:7: x is needed`],
    ['a: {{ fail "no" }}', `${place}/t.yaml:1:7: no`],
    [
      'a: {{ nothing }}',
      `${place}/t.yaml:1:7: template: c/templates/t.yaml:1: function "nothing" not defined`,
    ],
    ['a: {{ if true }}', `${place}/t.yaml:1:17: template: c/templates/t.yaml:1: unexpected EOF`],
  ])('%s', async (text, words) => {
    expect(await refusal({ 'c/templates/t.yaml': text })).toBe(words);
  });

  // The words behind the name are those of `helm template` 3.22 and 4.3.
  it.each([
    [
      'kind: A',
      'a text behind another',
      'json: cannot unmarshal string into Go value of type util.SimpleHead',
      'two',
    ],
    ['', 'a number', 'json: cannot unmarshal number into Go value of type util.SimpleHead', '3'],
    ['', 'a list', 'json: cannot unmarshal array into Go value of type util.SimpleHead', '[a]'],
    [
      '',
      'its kind',
      'json: cannot unmarshal array into Go struct field SimpleHead.kind of type string',
      'kind: [a]',
    ],
    [
      '',
      'its name',
      'json: cannot unmarshal object into Go struct field .metadata.name of type string',
      'metadata: { name: { a: b } }',
    ],
    [
      '',
      'its annotations',
      'json: cannot unmarshal string into Go struct field .metadata.annotations of type map[string]string',
      'metadata: { annotations: a }',
    ],
    [
      '',
      'an annotation',
      'json: cannot unmarshal array into Go struct field .metadata.annotations of type string',
      'metadata: { annotations: { a: 1, b: null, c: [d] } }',
    ],
  ])('makes no object: %s%s', async (first, _, words, text) => {
    const start = first === '' ? '' : `${first}\n---\n`;
    const line = first === '' ? 1 : 3;
    expect(await refusal({ 'c/templates/t.yaml': `${start}${text}` })).toBe(
      `${place}/t.yaml:${line}:1: YAML parse error on c/templates/t.yaml: ${words}`,
    );
  });

  it('makes what is no YAML, at the line of what was included', async () => {
    const files = {
      'c/templates/_h.tpl': '{{ define "h" }}\na: 1\n  b: 2\n{{ end }}',
      'c/templates/t.yaml': 'kind: A\n---\n{{ include "h" . }}',
    };
    expect(await refusal(files)).toBe(
      'cdb-lint: c/templates/_h.tpl:2:4: YAML parse error on c/templates/t.yaml: a second "key: value" is inside this value',
    );
  });

  it('is of a version that Helm 4 does not install, and Helm 3 does', async () => {
    const files = {
      'c/Chart.yaml': 'apiVersion: v3\nname: c\nversion: 1.0.0\n',
      'c/templates/t.yaml': 'kind: A',
    };
    expect(await refusal(files)).toBe('cdb-lint: invalid chart apiVersion');
    await withFolder(files, async (root) => {
      const { status } = await runCli(['render', 'c', '--helm', '3'], root);
      expect(status).toBe(0);
    });
  });

  it('is told of at the line of what was called', async () => {
    const files = {
      'c/templates/_h.tpl': '{{ define "h" }}\n{{ .a.b.c }}{{ end }}',
      'c/templates/t.yaml': 'a: {{ include "h" (dict "a" (dict)) }}',
    };
    expect(await refusal(files)).toBe(
      `${place}/_h.tpl:2:6: template: c/templates/t.yaml:1:6: executing "c/templates/t.yaml" at <include "h" (dict "a" (dict))>: ` +
        'error calling include: template: c/templates/_h.tpl:2:5: executing "h" at <.a.b.c>: nil pointer evaluating interface {}.c',
    );
  });

  it('recurses without end', async () => {
    const files = { 'c/templates/t.yaml': '{{ define "r" }}{{ include "r" . }}{{ end }}{{ include "r" . }}' };
    expect(await refusal(files)).toBe(
      `${place}/t.yaml:1:20: templates nested this deeply is not rendered here; called by include "r" . at c/templates/t.yaml:1`,
    );
  });

  it('lacks a dependency, or is for another Kubernetes', async () => {
    const chart = 'apiVersion: v2\nname: c\nversion: 1.0.0\n';
    const lacking = { 'c/Chart.yaml': `${chart}dependencies: [{ name: d, version: '*' }]\n` };
    expect(await refusal(lacking)).toBe('cdb-lint: found in Chart.yaml, but missing in charts/ directory: d');
    const other = { 'c/Chart.yaml': `${chart}kubeVersion: '<1.20'\n` };
    expect(await refusal(other, '--kubernetes-version', '1.34')).toBe(
      'cdb-lint: chart requires kubeVersion: <1.20 which is incompatible with Kubernetes v1.34.0',
    );
  });

  it.each([
    ['{{ fail .Values.db.password }}', '••••••'],
    [
      '{{ fail (printf "bad password %q for %s" .Values.db.password .Values.db.user) }}',
      'bad password "••••••" for reader',
    ],
    ['{{ fail (b64enc .Values.db.password) }}', '••••••'],
    ['{{ required (toJson .Values.db) .Values.none }}', '{"password":"••••••","user":"reader"}'],
    ['{{ fail .Values.url }}', 'postgres://reader:••••••@db/orders'],
    ['{{ fail .Values.given.apiToken }}', '••••••'],
    ['{{ fail .Values.db.user }}', 'reader'],
  ])('never shows a credential of its values: %s', async (text, words) => {
    const files = {
      'c/values.yaml':
        'db: { password: hunter2-Xy9kQ, user: reader }\nurl: postgres://reader:sEcr3t-9kQ@db/orders\n',
      'c/templates/t.yaml': text,
    };
    const told = await withFolder(
      { 'c/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n', ...files },
      (root) => runCli(['render', 'c', '--set', 'given.apiToken=aB3dE5fG7hJ9kL1m'], root),
    );
    expect(told.stdout).toBe('');
    expect(told.stderr).toContain(`: ${words}\n`);
    for (const secret of ['hunter2', 'sEcr3t', 'aB3dE5', btoa('hunter2-Xy9kQ')])
      expect(told.stderr).not.toContain(secret);
  });
});

// As helm 3.22 and 4.3 read them; Helm 4 cuts the last byte of values off.
it('reads the metadata and the values of a chart in UTF-16, as the Helm of that version', async () => {
  const utf16 = (text: string, isLittle: boolean): Buffer => {
    const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le');
    return isLittle ? bytes : bytes.swap16();
  };
  const rendered = async (helm: string, values: Buffer): Promise<number | null> => {
    const files = {
      'web/Chart.yaml': utf16('apiVersion: v2\nname: web\nversion: 1.0.0\n', true),
      'web/values.yaml': values,
      'web/templates/map.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { a: "{{ .Values.k }}" }\n',
    };
    return withFolder(files, async (root) => {
      const { status, stdout } = await runCli(['render', `${root}/web`, '--root', root, '--helm', helm]);
      if (status === 0) expect(stdout).toMatch(/a: "?v"?/u);
      return status;
    });
  };
  const values = 'k: v\n';
  expect(await rendered('3', utf16(values, true))).toBe(0);
  expect(await rendered('3', utf16(values, false))).toBe(0);
  expect(await rendered('4', utf16(values, false))).toBe(0);
  expect(await rendered('4', utf16(values, true))).not.toBe(0);
});
