// What CRDs say, as one text in which schemas that are the same stand once.

const subschemas = ['items', 'not'];
const schemaLists = ['allOf', 'anyOf', 'oneOf'];
const words = ['description', 'title', 'example', 'externalDocs'];

/** Kinds that the Flux Operator and the Terraform controller add to the enumerations of what alerts and receivers may name. */
const addedSources = ['FluxInstance', 'ResourceSet', 'ResourceSetInputProvider', 'Terraform'];

/** Folds CRDs into text; of several definitions of one version of a kind the first counts. */
export function foldCrds(crds) {
  const table = { schemas: [], indices: new Map() };
  const kinds = {};
  for (const { spec } of crds) {
    for (const version of spec.versions ?? [spec]) {
      const source = (version.schema ?? spec.validation)?.openAPIV3Schema;
      if (version.served === false || source === undefined) continue;
      const groupVersion = `${spec.group}/${version.name ?? spec.version}`;
      kinds[groupVersion] ??= {};
      kinds[groupVersion][spec.names.kind] ??= [
        add(table, source),
        spec.scope === 'Namespaced' ? 'n' : 'c',
        spec.names.plural,
        (version.subresources ?? spec.subresources)?.status === undefined ? 0 : 1,
      ];
    }
  }
  return { kinds, schemas: table.schemas };
}

/** The text of such facts, one schema a line, so that a new version is a readable change. */
export function factsText({ kinds, schemas }) {
  const lines = Object.entries(kinds).map(
    ([group, list]) => `\n${JSON.stringify(group)}:${JSON.stringify(list)}`,
  );
  const text = `{"kinds":{${lines.join(',')}},\n"schemas":[\n${schemas.join(',\n')}\n]}`;
  return text.replaceAll('`', '\\u0060').replaceAll('${', '\\u0024{');
}

/** The groups that the facts have kinds of. */
export function groupsOf({ kinds }) {
  return [...new Set(Object.keys(kinds).map((key) => key.slice(0, key.indexOf('/'))))].sort();
}

function add(table, schema) {
  const text = JSON.stringify(withIndices(table, schema));
  const known = table.indices.get(text);
  if (known !== undefined) return known;
  table.indices.set(text, table.schemas.length);
  table.schemas.push(text);
  return table.schemas.length - 1;
}

function withIndices(table, schema) {
  const facts = {};
  for (const [key, value] of Object.entries(schema).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (words.includes(key)) continue;
    if (key === 'properties') facts[key] = mapValues(value, (one) => add(table, one));
    else if (subschemas.includes(key)) facts[key] = add(table, value);
    else if (schemaLists.includes(key)) facts[key] = value.map((one) => add(table, one));
    else if (key === 'additionalProperties' && typeof value === 'object') facts[key] = add(table, value);
    else if (key === 'enum' && value.includes('Kustomization')) facts[key] = [...value, ...addedSources];
    else facts[key] = value;
  }
  return facts;
}

function mapValues(object, map) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));
}
