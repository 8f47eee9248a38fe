import { describe, expect, it } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';

type Files = Readonly<Record<string, string>>;

/** What is pointed at, with its place. */
function places(files: Files, rule: string): string[] {
  return lintFiles(files, { only: [rule] }).findings.map(({ span: { file, start, end } }) => {
    const before = file.text.slice(0, start).split('\n');
    return `${file.path}:${before.length}:${(before.at(-1)?.length ?? 0) + 1} ${file.text.slice(start, end)}`;
  });
}

function lines(...text: string[]): string {
  return `${text.join('\n')}\n`;
}

const head = ['apiVersion: v1', 'kind: ConfigMap', 'metadata: { name: web, namespace: shop }', 'data:'];
const here = { 'ns.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n' };
const service = {
  'service.yaml': lines(
    'apiVersion: v1',
    'kind: Service',
    'metadata: { name: web, namespace: shop }',
    'spec: { selector: { app: web }, ports: [{ port: 80 }] }',
  ),
};

describe('a host in a string', () => {
  const hosts = (files: Files): string[] => places({ ...here, ...service, ...files }, 'service-host-missing');
  const resources = (...names: string[]): string =>
    `namespace: shop\nresources: [ns.yaml, service.yaml${names.map((name) => `, ${name}`).join('')}]\n`;

  it.each([
    [
      'a block',
      ['  app.conf: |', '    # a comment', '    url = "http://db.shop.svc:80/x"'],
      'config.yaml:7:19',
    ],
    [
      'a folded block',
      ['  app.conf: >-', '    first line', '    http://db.shop.svc:80 then', '    more'],
      'config.yaml:7:12',
    ],
    ['double quotes', ['  app.conf: "a\\tb\\n\\', '    http://db.shop.svc:80 then"'], 'config.yaml:6:12'],
    ['single quotes', ["  app.conf: 'it''s http://db.shop.svc:80'"], 'config.yaml:5:27'],
    ['a plain text', ['  URL: http://db.shop.svc:80/x'], 'config.yaml:5:15'],
  ])('%s', (_, data, place) => {
    const files = { 'kustomization.yaml': resources('config.yaml'), 'config.yaml': lines(...head, ...data) };
    expect(hosts(files)).toEqual([`${place} db.shop.svc:80`]);
  });

  const generated = (entry: string, files: Files = {}): string[] =>
    hosts({
      'kustomization.yaml': `${resources()}configMapGenerator:\n  - name: app\n    ${entry}\n`,
      ...files,
    });

  it('a file that a generator includes', () => {
    const file = { 'app.conf': 'first = 1\nurl = http://db.shop.svc:80\n' };
    expect(generated('files: [app.conf]', file)).toEqual(['app.conf:2:14 db.shop.svc:80']);
  });

  it('a line of an env file, and a literal', () => {
    const file = { 'app.env': 'A=1\nURL=http://db.shop.svc:80\n' };
    expect(generated('envs: [app.env]', file)).toEqual(['app.env:2:12 db.shop.svc:80']);
    expect(generated('literals: ["URL=http://db.shop.svc:80"]')).toEqual([
      'kustomization.yaml:5:28 db.shop.svc:80',
    ]);
  });
});

it('goes through a string once for all that is found in it', () => {
  const hosts = Array.from({ length: 500 }, (_, index) => `    http://db${index}.shop.svc:80`);
  const files = {
    ...here,
    ...service,
    'kustomization.yaml': 'namespace: shop\nresources: [ns.yaml, service.yaml, config.yaml]\n',
    'config.yaml': lines(...head, '  app.conf: |', ...hosts),
  };
  const found = places(files, 'service-host-missing');
  expect([found.length, found.includes('config.yaml:505:12 db499.shop.svc:80')]).toEqual([500, true]);
});

describe('a placeholder', () => {
  it('in a file of a secretGenerator, whose data is base64', () => {
    const files = {
      'kustomization.yaml': 'secretGenerator:\n  - name: app\n    files: [password.txt]\n',
      'password.txt': 'changeme\n',
    };
    expect(places(files, 'placeholder-unfilled')).toEqual(['password.txt:1:1 changeme']);
  });

  it('in a string of many lines', () => {
    const secret = lines(
      'apiVersion: v1',
      'kind: Secret',
      'metadata: { name: web }',
      'stringData:',
      '  app.ini: |',
      '    user = web',
      '    password = change_me',
    );
    expect(places({ 'secret.yaml': secret }, 'placeholder-unfilled')).toEqual(['secret.yaml:7:16 change_me']);
  });
});

describe('a comment', () => {
  const config = (...data: string[]): Files => ({
    ...here,
    ...service,
    'config.yaml': lines(...head, ...data),
    'kustomization.yaml': 'namespace: shop\nresources: [ns.yaml, service.yaml, config.yaml]\n',
  });

  it('above a string accepts what is in it, and nothing behind it', () => {
    const files = config(
      '  # cdb-lint-ignore service-host-missing -- made by a chart',
      '  app.conf: |',
      '    first = 1',
      '    url = http://db.shop.svc:80',
      '  OTHER: http://cache.shop.svc:80',
    );
    expect(places(files, 'service-host-missing')).toEqual(['config.yaml:9:17 cache.shop.svc:80']);
  });

  it('that accepts nothing is told of', () => {
    const files = config(
      '  # cdb-lint-ignore service-host-missing -- made by a chart',
      '  app.conf: |',
      '    first = 1',
      '    second = 2',
    );
    const { findings } = lintFiles(files);
    expect(findings.map(({ rule }) => rule).filter((rule) => rule.startsWith('suppression'))).toEqual([
      'suppression-unused',
    ]);
  });
});
