import { valueAt } from '../../source/value.ts';
import { withoutIndices } from '../words.ts';
import type { Consequence, Taken } from './consequence.ts';

/** Fields that are taken away and stay: the API server copies from the old object what it once allocated. */
export function keptFields({ update }: Taken): Consequence[] {
  const { staying, states } = update;
  const [at] = staying;
  if (at === undefined) return [];
  const isHeadless = valueAt(states.next, ['spec', 'clusterIP']) === 'None';
  return [
    {
      at,
      explains: staying,
      actions: ['no-op'],
      reason: 'field-stays',
      severity: 'silent',
      what: [...new Set(staying.map(withoutIndices))].join(', '),
      ...(isHeadless ? { details: ['the Service stays headless'] } : {}),
      safe: [
        {
          text: 'rename it, or delete it after the change is applied, so it is recreated without the field',
        },
      ],
    },
  ];
}
