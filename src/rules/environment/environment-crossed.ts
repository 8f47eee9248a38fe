import { getPart, type Tracked } from '../../object/provenance.ts';
import { directoryOf, isBelow, normalisePath } from '../../source/path.ts';
import { isMapping, isSequence } from '../../source/value.ts';
import { environmentFolder } from '../../workload/environment/environment-name.ts';
import type { NamedEnvironment } from '../../workload/surroundings.ts';
import { type KustomizationFile, kustomizationFiles } from '../kustomize/kustomization-file.ts';
import type { BuildRule } from '../rule.ts';

const listFields = [
  'resources',
  'bases',
  'components',
  'crds',
  'configurations',
  'patchesStrategicMerge',
] as const;
const entryFields = ['patches', 'patchesJson6902', 'replacements'] as const;

export const environmentCrossed: BuildRule = {
  id: 'environment-crossed',
  severity: 'error',
  scope: 'build',
  criterion: 'wired',
  tags: ['environments'],
  judgesFiles: true,
  *judge(build, context) {
    const { environments } = context;
    for (const file of kustomizationFiles(build, context)) {
      const own = environmentOf(file.directory, environments);
      for (const entry of namedPaths(file)) {
        const path = normalisePath(file.directory === '' ? entry.value : `${file.directory}/${entry.value}`);
        const other = path === undefined ? undefined : environmentOf(path, environments);
        if (own === undefined || other === undefined || own === other || own.name === other.name) continue;
        if (isBelow(own.root, other.root) || isBelow(other.root, own.root)) continue;
        // By names alone, only folders side by side are sure to be environments of one thing.
        if (!own.isConfigured && directoryOf(own.root) !== directoryOf(other.root)) continue;
        yield {
          at: [entry],
          message: `${own.name} reads ${path}, which belongs to ${other.name}: a change for ${other.name} also reaches ${own.name}`,
          help: 'move what both need to a base or a component',
          ...(own.isConfigured ? {} : { severity: 'warning' as const }),
        };
      }
    }
  },
};

interface Owner {
  readonly name: string;
  readonly root: string;
  readonly isConfigured: boolean;
}

/** The environment that a path belongs to: as configured, or else by the name of a folder. */
function environmentOf(path: string, environments: readonly NamedEnvironment[]): Owner | undefined {
  const configured = environments.find(({ root }) => root !== '' && isBelow(path, root));
  if (configured !== undefined) return { name: configured.name, root: configured.root, isConfigured: true };
  if (environments.length > 0) return undefined;
  const folder = environmentFolder(path);
  return folder && { ...folder, isConfigured: false };
}

function namedPaths({ document }: KustomizationFile): Tracked<string>[] {
  const lists = listFields.flatMap((field) => itemsUnder(document, field));
  const entries = entryFields.flatMap((field) =>
    itemsUnder(document, field).flatMap((entry) =>
      isMapping(entry.value) ? (getPart(entry, 'path') ?? []) : [],
    ),
  );
  return [...lists, ...entries].filter(
    (item): item is Tracked<string> => typeof item.value === 'string' && !item.value.includes('\n'),
  );
}

function itemsUnder(document: Tracked, field: string): Tracked[] {
  const list = getPart(document, field);
  if (list === undefined || !isSequence(list.value)) return [];
  return list.value.flatMap((_, index) => getPart(list, index) ?? []);
}
