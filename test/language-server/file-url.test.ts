import { expect, it } from 'vitest';
import { pathInside } from '../../src/language-server/file-url.ts';

const root = 'file:///home/dev/fleet';

it.each([
  ['file:///home/dev/fleet/apps/a.yaml', 'apps/a.yaml'],
  ['file:///home/dev/fleet/apps/%61.yaml', 'apps/a.yaml'],
  ['file://localhost/home/dev/fleet/a.yaml', 'a.yaml'],
  ['file://other.example/home/dev/fleet/a.yaml', undefined],
  ['file:///home/dev/fleet/../other/a.yaml', undefined],
  ['file:///home/dev/fleet/%2e%2e/other/a.yaml', undefined],
  ['file:///home/dev/fleet/a/%2E%2E%2F..%2Fother/a.yaml', undefined],
  ['file:///home/dev/fleet2/a.yaml', undefined],
  ['http://home/dev/fleet/a.yaml', undefined],
  ['untitled:Untitled-1', undefined],
  ['file:///home/dev/fleet/%ff.yaml', undefined],
  ['', undefined],
])('%s is %s', (uri, path) => {
  expect(pathInside(root, uri)).toBe(path);
});
