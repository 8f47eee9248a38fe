import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildOptions } from '../../src/build/build.ts';

/** One recorded tree of kustomize's own tests, with what kustomize printed for each set of options. */
export interface ConformanceCase {
  /** The number in front of its folder's name. */
  readonly id: string;
  readonly name: string;
  readonly directory: string;
  readonly root: string;
  readonly tags: readonly string[];
  /** `expected` is undefined where kustomize fails; `error` is a part of its message then. */
  readonly builds: readonly { options: BuildOptions; expected: string | undefined; error?: string }[];
}

const cases = '../shared/conformance/kustomize/cases';

/** All recorded cases, none where they are not at hand. */
export function conformanceCases(): ConformanceCase[] {
  return existsSync(cases) ? readdirSync(cases).sort().map(readCase) : [];
}

function readCase(folder: string): ConformanceCase {
  const directory = join(cases, folder);
  const meta = JSON.parse(readFileSync(join(directory, 'meta.json'), 'utf8')) as Meta;
  const options: BuildOptions = {
    ...(meta.options.reorder === undefined || meta.options.reorder === 'unspecified'
      ? {}
      : { reorder: meta.options.reorder }),
    ...(meta.options.load_restrictor === 'LoadRestrictionsNone' ? { loadRestrictor: 'none' as const } : {}),
    ...(meta.options.managedby_label === true ? { managedByLabel: true } : {}),
  };
  const text = (name: string): string | undefined =>
    existsSync(join(directory, name))
      ? readFileSync(join(directory, name), 'utf8').replaceAll('kustomize-(test)', 'kustomize-v5.8.2')
      : undefined;
  const { reorder: _, ...defaultOrder } = options;
  const other = text('expected-default-order.yaml');
  return {
    id: folder.slice(0, 4),
    name: folder,
    directory: join(directory, 'in'),
    root: meta.root,
    tags: meta.tags,
    builds:
      meta.kind === 'error'
        ? [{ options, expected: undefined, error: text('expected-error.txt') ?? '' }]
        : [
            { options, expected: text('expected.yaml') },
            ...(other === undefined ? [] : [{ options: defaultOrder, expected: other }]),
          ],
  };
}

interface Meta {
  readonly kind: 'positive' | 'error';
  readonly root: string;
  readonly tags: readonly string[];
  readonly options: {
    readonly reorder?: 'none' | 'legacy' | 'unspecified';
    readonly load_restrictor?: string;
    readonly managedby_label?: boolean;
  };
}
