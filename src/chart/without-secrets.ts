import { withoutValues } from '../credential/without-values.ts';
import { plainOf } from '../template/value/from-value.ts';
import type { GoMap } from '../template/value/model.ts';
import type { Chart } from './chart.ts';
import type { Release } from './release.ts';

/** What a chart says when it refuses its values, with dots for those that look like credentials and for those of Secrets. */
export function withoutSecrets(
  message: string,
  chart: Chart,
  { values, secrets = [] }: Pick<Release, 'values' | 'secrets'>,
): string {
  const given = [values, ...defaultsOf(chart)].map(plainOf);
  return withoutValues(
    message,
    given,
    secrets.map((one) => plainOf(one.value)),
  );
}

function defaultsOf({ values, dependencies }: Chart): GoMap[] {
  return [values, ...dependencies.flatMap(defaultsOf)];
}
