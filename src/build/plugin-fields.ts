import { getPart, itemsOf, setItems, setKey, type Tracked } from '../object/provenance.ts';
import { formatNumber } from '../source/emit/emit-number.ts';
import { isMapping, isSequence, type Mapping, type Value } from '../source/value.ts';
import {
  checkFields,
  embedded,
  type Fields,
  fieldSpec,
  generator,
  image,
  metadata,
  patch,
  replacement,
  selector,
} from './kustomization.ts';
import type { Problem } from './problem.ts';

const specs: Fields = { fieldSpecs: { list: fieldSpec } };
const namespaced: Fields = { metadata: { object: metadata } };

/** The fields of what is built into kustomize, by kind (api/internal/builtins of v0.21). */
const fieldsByKind: ReadonlyMap<string, Fields> = new Map<string, Fields>([
  [
    'NamespaceTransformer',
    { ...namespaced, ...specs, unsetOnly: 'boolean', setRoleBindingSubjects: 'string' },
  ],
  ['PrefixSuffixTransformer', { ...specs, prefix: 'string', suffix: 'string' }],
  ['LabelTransformer', { ...specs, labels: 'stringMap' }],
  ['AnnotationsTransformer', { ...specs, annotations: 'stringMap' }],
  ['ImageTagTransformer', { ...specs, imageTag: { object: image } }],
  ['ReplicaCountTransformer', { ...specs, replica: { object: { name: 'string', count: 'integer' } } }],
  ['PatchTransformer', patch],
  ['PatchJson6902Transformer', { target: { object: selector }, path: 'string', jsonOp: 'string' }],
  ['PatchStrategicMergeTransformer', { paths: 'strings', patches: 'string' }],
  ['ReplacementTransformer', { replacements: { list: embedded(replacement) } }],
  [
    'ValueAddTransformer',
    {
      value: 'string',
      targets: {
        list: { selector: { object: selector }, fieldPath: 'string', filePathPosition: 'integer' },
      },
      targetFilePath: 'string',
    },
  ],
  ['ConfigMapGenerator', { ...namespaced, ...embedded(generator) }],
  ['SecretGenerator', { ...namespaced, ...embedded({ ...generator, type: 'string' }) }],
  [
    'IAMPolicyGenerator',
    {
      cloud: 'string',
      kubernetesService: { object: { name: 'string', namespace: 'string' } },
      serviceAccount: { object: { name: 'string', projectId: 'string' } },
    },
  ],
]);

/**
 * The configuration of something built in as Go's JSON decoder reads it: field names in any case, unknown ones left out, numbers and
 * booleans as texts where texts belong. PrefixTransformer and SuffixTransformer are decoded by go-yaml, which takes names as they are.
 */
export function checkPlugin(kind: string, config: Tracked<Mapping>): Tracked<Mapping> | Problem {
  if (kind === 'PrefixTransformer' || kind === 'SuffixTransformer') return withTexts(config);
  const fields = fieldsByKind.get(kind);
  return fields === undefined ? config : checkFields(config, fields, 'plugin-invalid');
}

/** go-yaml takes any scalar for a text, in the words in which it is written, and leaves an entry of null out. */
function withTexts(config: Tracked<Mapping>): Tracked<Mapping> | Problem {
  let current = config;
  for (const field of ['prefix', 'suffix']) current = withText(current, field);
  const specs = getPart(current, 'fieldSpecs');
  if (specs === undefined || !isSequence(specs.value)) return current;
  const odd = itemsOf(specs).find(({ value }) => isMapping(value) && !isBoolean(value['create']));
  if (odd !== undefined) return noBoolean(odd);
  const items = itemsOf(specs).flatMap((spec) => {
    if (!isMapping(spec.value)) return spec.value === null ? [] : [spec];
    return [['group', 'version', 'kind', 'path'].reduce(withText, spec as Tracked<Mapping>)];
  });
  return setKey(current, 'fieldSpecs', setItems(specs, items));
}

const booleans = /^(?:y|yes|on|n|no|off)$/i;

function isBoolean(value: Value | undefined): boolean {
  const isWord = typeof value === 'string' && booleans.test(value);
  return value === undefined || value === null || typeof value === 'boolean' || isWord;
}

function noBoolean(spec: Tracked): Problem {
  return {
    rule: 'plugin-invalid',
    problem: 'create of a field spec must be true or false',
    help: 'write create: true, or remove the field',
    at: (getPart(spec, 'create') ?? spec).origin,
  };
}

function withText(parent: Tracked<Mapping>, field: string): Tracked<Mapping> {
  const part = getPart(parent, field);
  if (part === undefined || part.value === null) return parent;
  const { value } = part;
  if (typeof value === 'object' || typeof value === 'string') return parent;
  const written = typeof value === 'boolean' ? String(value) : formatNumber(value);
  return setKey(parent, field, { ...part, value: written });
}
