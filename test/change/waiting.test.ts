import { expect, it } from 'vitest';
import { type Files, planFiles } from '../support/plan-files.ts';
import { histories } from './histories/histories.ts';

function detailsOf(name: string, more: Files = {}): Record<string, readonly string[]> {
  const { base, edits } = histories.find((one) => one.name === name) ?? { base: {}, edits: {} };
  const { rows } = planFiles(base, { ...edits, ...more });
  return Object.fromEntries(
    rows.flatMap(({ objects, details }) => objects.map((one) => [`${one.kind}/${one.name}`, details])),
  );
}

const waits = 'it waits while Deployment shop/web is refused';

it('what an owner does besides waits for an update that is refused, but for what comes in an earlier stage', () => {
  const details = detailsOf('an update is refused while others come and go', {
    'apps/kustomization.yaml': 'resources: [web.yaml, settings.yaml, key.yaml, namespace.yaml]\n',
    'apps/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n',
  });
  expect(details['Secret/key']).toEqual([waits]);
  expect(details['PersistentVolumeClaim/data']).toEqual([waits]);
  expect(details['Namespace/shop']).toEqual([]);
});

it('so does what another owner does that waits for the first', () => {
  const details = detailsOf('an update is refused that another owner waits for');
  expect(details['Secret/key']).toEqual([waits]);
  expect(details['Job/seed']).toEqual([waits]);
});
