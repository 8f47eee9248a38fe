import { removeKey, type Tracked } from '../../object/provenance.ts';
import { isMapping, isSequence, type Mapping, type Path, valueAt } from '../../source/value.ts';

/** The options of each tool that count for Argo CD (`IsZero` of pkg/apis/application/v1alpha1 of 3.6); `directory` keeps its patterns. */
const counting: readonly (readonly [string, readonly string[]])[] = [
  [
    'kustomize',
    'namePrefix nameSuffix version namespace images replicas commonLabels commonAnnotations patches components kubeVersion apiVersions ignoreMissingComponents'.split(
      ' ',
    ),
  ],
  [
    'helm',
    'version releaseName valueFiles parameters fileParameters values valuesObject passCredentials ignoreMissingValueFiles skipCrds skipTests skipSchemaValidation kubeVersion apiVersions namespace'.split(
      ' ',
    ),
  ],
  [
    'directory',
    'recurse jsonnet.extVars jsonnet.tlas jsonnet.libs exclude include disableExtensionFilter'.split(' '),
  ],
];

/** A source as Argo CD takes it: a tool of which no option is set, such as `kustomize: {}`, counts as if it were not named (NormalizeSource of 3.6). */
export function withoutUnusedTools(source: Tracked<Mapping>): Tracked<Mapping> {
  let kept = source;
  for (const [tool, fields] of counting) {
    const options = source.value[tool];
    if (isMapping(options) && fields.every((field) => isUnset(options, field.split('.'))))
      kept = removeKey(kept, tool);
  }
  return kept;
}

function isUnset(options: Mapping, path: Path): boolean {
  const value = valueAt(options, path) ?? '';
  if (isSequence(value)) return value.length === 0;
  // An empty `valuesObject` is the text `{}` of values.
  if (isMapping(value)) return path[0] !== 'valuesObject' && Object.keys(value).length === 0;
  return value === '' || value === false;
}
