// What one Kubernetes version's OpenAPI documents say, as plain data, and nine of them folded into one text and back.

// These decode by code of their own, so their shape in OpenAPI says nothing about what they take.
const customDecoders = {
  'io.k8s.apimachinery.pkg.api.resource.Quantity': 'quantity',
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': 'intOrString',
  'io.k8s.apimachinery.pkg.apis.meta.v1.Time': 'time',
  'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime': 'microtime',
  'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1': 'raw',
  'io.k8s.apimachinery.pkg.apis.meta.v1.Patch': 'any',
  'io.k8s.apimachinery.pkg.runtime.RawExtension': 'raw',
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON': 'any',
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrArray': 'schemaOrArray',
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool': 'schemaOrBool',
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrStringArray': 'schemaOrStrings',
};

const attributes = {
  'x-kubernetes-list-type': 'lt',
  'x-kubernetes-list-map-keys': 'lk',
  'x-kubernetes-patch-merge-key': 'pk',
  'x-kubernetes-patch-strategy': 'ps',
  'x-kubernetes-map-type': 'mt',
};

/** Reads the documents of `/openapi/v3` of one version; `enums` maps `Type.property` to what OpenAPI leaves out. */
export function readOpenApi(documents, enums) {
  const schemas = new Map();
  const kinds = new Map();
  for (const document of documents) {
    for (const [name, schema] of Object.entries(document.components?.schemas ?? {}))
      schemas.set(name, schema);
    for (const [path, item] of Object.entries(document.paths ?? {})) readPath(path, item, kinds);
  }
  nameTypes(schemas, kinds);
  // A cluster's own documents hold its custom resources and aggregated APIs too.
  for (const [key, { type }] of kinds) {
    if (!/^io\.k8s\.(api|apiextensions-apiserver|kube-aggregator)\./.test(type ?? '')) kinds.delete(key);
  }
  return { types: readTypes(schemas, kinds, enums), kinds };
}

const collection = /^\/(?:api|apis\/([^/]+))\/(v[^/]+)\/(namespaces\/\{namespace\}\/)?([a-z]+)$/;

function readPath(path, item, kinds) {
  const match = collection.exec(path);
  const kind = (item.post ?? item.get)?.['x-kubernetes-group-version-kind'];
  if (match === null || kind === undefined) return;
  const key = [kind.group, kind.version, kind.kind].filter((part) => part !== '').join('/');
  const known = kinds.get(key);
  const namespaced = match[3] !== undefined || known?.scope === 'n';
  kinds.set(key, { scope: namespaced ? 'n' : 'c', plural: match[4] });
}

function nameTypes(schemas, kinds) {
  for (const [name, schema] of schemas) {
    for (const { group, version, kind } of schema['x-kubernetes-group-version-kind'] ?? []) {
      const found = kinds.get([group, version, kind].filter((part) => part !== '').join('/'));
      if (found !== undefined) found.type = name;
    }
  }
}

/** The types that an object of some kind can be made of. */
function readTypes(schemas, kinds, enums) {
  const types = new Map();
  const pending = [...kinds.values()].map((kind) => kind.type);
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (types.has(name)) continue;
    types.set(name, readType(name, schemas.get(name), enums));
    for (const [, text] of JSON.stringify(types.get(name)).matchAll(/@([^"@]+)/g)) pending.push(text);
  }
  return types;
}

function readType(name, schema, enums) {
  const properties = {};
  for (const [property, propertySchema] of Object.entries(schema.properties ?? {}).sort(byKey)) {
    const known = enums.get(`${name}.${property}`);
    properties[property] = readProperty(propertySchema, known);
  }
  const required = [...(schema.required ?? [])].sort();
  const mapType = schema['x-kubernetes-map-type'];
  return {
    p: properties,
    ...(required.length === 0 ? {} : { r: required }),
    ...(mapType === undefined ? {} : { mt: mapType }),
  };
}

function readProperty(schema, known) {
  const facts = {};
  for (const [attribute, short] of Object.entries(attributes)) {
    if (schema[attribute] !== undefined) facts[short] = schema[attribute];
  }
  const values = known ?? schema.enum ?? schema.items?.enum;
  if (values !== undefined) facts.e = [...new Set(values)].sort();
  if (hasContent(schema.default)) facts.d = schema.default;
  const type = typeText(schema);
  return Object.keys(facts).length === 0 ? type : [type, facts];
}

/** Zero values are what Go puts there anyway. */
function hasContent(value) {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return value !== undefined && value !== '' && value !== 0 && value !== false && value !== null;
}

function typeText(schema) {
  const [only] = schema.allOf ?? [];
  if (only !== undefined) return typeText(only);
  if (schema.$ref !== undefined) {
    const name = schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1);
    return customDecoders[name] ?? `@${name}`;
  }
  switch (schema.type) {
    case 'string':
      return schema.format === 'byte' ? 'bytes' : 'str';
    case 'integer':
      return schema.format === 'int64' ? 'i64' : 'i32';
    case 'number':
      return 'num';
    case 'boolean':
      return 'bool';
    case 'array':
      return `[]${typeText(schema.items)}`;
    case 'object':
      return schema.additionalProperties === undefined ? 'any' : `{}${typeText(schema.additionalProperties)}`;
    default:
      return 'any';
  }
}

function byKey([a], [b]) {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Folds the versions, oldest first, into facts whose parts say in which of them they hold. */
export function foldVersions(versions, models, lifecycle) {
  const names = [...new Set(models.flatMap((model) => [...model.types.keys()]))].sort(byName);
  const index = new Map(names.map((name, position) => [name, position]));
  const types = names.map((name) => foldType(models.map((model) => model.types.get(name))));
  const numbered = types.map((type) =>
    JSON.parse(JSON.stringify(type).replace(/@([^"@]+)/g, (_, name) => `@${index.get(name)}`)),
  );
  return { versions, names: groupNames(names), types: numbered, kinds: foldKinds(models, index), lifecycle };
}

function splitName(name) {
  const dot = name.lastIndexOf('.');
  return [
    name
      .slice(0, dot)
      .replace(/^io\.k8s\./, '')
      .replace(/^api\./, ''),
    name.slice(dot + 1),
  ];
}

function byName(a, b) {
  return splitName(a).join(' ') < splitName(b).join(' ') ? -1 : 1;
}

function groupNames(names) {
  const groups = {};
  for (const name of names) {
    const [group, type] = splitName(name);
    groups[group] = groups[group] === undefined ? type : `${groups[group]} ${type}`;
  }
  return groups;
}

function foldType(found) {
  const last = found.length - 1;
  const present = found.flatMap((type, position) => (type === undefined ? [] : [position]));
  const from = present[0];
  const to = present.at(-1);
  const properties = {};
  const propertyNames = new Set(found.flatMap((type) => Object.keys(type?.p ?? {})));
  for (const property of [...propertyNames].sort()) {
    const runs = foldRuns(found.map((type) => type?.p[property]));
    properties[property] = simplify(runs, from, to);
  }
  const required = foldRuns(found.map((type) => type?.r));
  const mapType = found[to].mt;
  return {
    p: properties,
    ...(from === 0 && to === last ? {} : { v: [from, to] }),
    ...(required.length === 0 ? {} : { r: simplify(required, from, to) }),
    ...(mapType === undefined ? {} : { mt: mapType }),
  };
}

function simplify(runs, from, to) {
  const [first] = runs;
  return runs.length === 1 && first[1] === from && first[2] === to ? first[0] : { _: runs };
}

function foldRuns(values) {
  const runs = [];
  for (const [position, value] of values.entries()) {
    if (value === undefined) continue;
    const run = runs.at(-1);
    const same =
      run !== undefined && run[2] === position - 1 && JSON.stringify(run[0]) === JSON.stringify(value);
    if (same) run[2] = position;
    else runs.push([value, position, position]);
  }
  return runs;
}

function foldKinds(models, index) {
  const kinds = {};
  const keys = [...new Set(models.flatMap((model) => [...model.kinds.keys()]))].sort();
  for (const key of keys) {
    const slash = key.lastIndexOf('/');
    const group = key.slice(0, slash);
    kinds[group] ??= {};
    const runs = foldRuns(models.map((model) => kindFacts(model.kinds.get(key), index)));
    const [facts, from, to] = runs.at(-1);
    const whole = from === 0 && to === models.length - 1;
    kinds[group][key.slice(slash + 1)] = whole ? facts : [...facts, from, to];
  }
  return kinds;
}

function kindFacts(kind, index) {
  return kind === undefined ? undefined : [index.get(kind.type), kind.scope, kind.plural];
}

/** The enums of a version, for a neighbour whose documents lack them. */
export function enumsOf(model) {
  const enums = new Map();
  for (const [type, { p: properties }] of model.types) {
    for (const [property, spec] of Object.entries(properties)) {
      const values = Array.isArray(spec) ? spec[1].e : undefined;
      if (values !== undefined) enums.set(`${type}.${property}`, values);
    }
  }
  return enums;
}

/** The model of one version as the facts remember it: the way back of `foldVersions`. */
export function unfoldVersion(facts, version) {
  const names = Object.entries(facts.names).flatMap(([group, list]) =>
    list
      .split(' ')
      .map(
        (name) =>
          `${/^(apimachinery|apiextensions|kube-aggregator)/.test(group) ? 'io.k8s.' : 'io.k8s.api.'}${group}.${name}`,
      ),
  );
  const types = new Map();
  for (const [position, type] of facts.types.entries()) {
    if (type.v !== undefined && (version < type.v[0] || version > type.v[1])) continue;
    const properties = {};
    for (const [name, spec] of Object.entries(type.p)) {
      const found = valueIn(spec, version);
      if (found !== undefined) properties[name] = found;
    }
    const named = JSON.stringify({ ...type, v: undefined, p: properties, r: valueIn(type.r, version) });
    types.set(names[position], JSON.parse(named.replace(/@(\d+)/g, (_, number) => `@${names[number]}`)));
  }
  const kinds = new Map();
  for (const [group, list] of Object.entries(facts.kinds)) {
    for (const [kind, [type, scope, plural, from, to]] of Object.entries(list)) {
      if (from !== undefined && (version < from || version > to)) continue;
      kinds.set(`${group}/${kind}`, { type: names[type], scope, plural });
    }
  }
  return { types, kinds };
}

function valueIn(folded, version) {
  if (folded?._ === undefined) return folded;
  return folded._.find(([, from, to]) => from <= version && version <= to)?.[0];
}
