import type { Resource } from '../build/resource.ts';
import { isMapping, isSequence, type Path, type Value, valueAt } from '../source/value.ts';
import { givenValues } from './given-values.ts';
import type { ResourceRule, RuleProblem } from './rule.ts';

/** Credentials that are handed to a chart, or to variables, in the clear. */
export const secretInValues: ResourceRule = {
  id: 'secret-in-values',
  severity: 'warning',
  scope: 'resource',
  *judge(resource) {
    for (const path of givenValues(resource)) yield* secretsBelow(resource, path);
  },
};

// `existingSecret` and the like name a Secret, which is as it should be.
const secretKey =
  /(?:^|[a-z_.-])(?:password|passwd|passphrase|token|(?:api|access|private)[_.-]?key|client[_.-]?secret)$/iu;
const reference = /existing|(?:^|[a-z])(?:name|ref|path|file|url|type)$/iu;
// Paths, variables, templates, encrypted values, and references that another program resolves.
const notItself = /^(?:\$|\/|\{\{|<|ENC\[|op:\/\/|vault:|ref\+|avp:)|\$\{|\{\{|\s/u;

function* secretsBelow(resource: Resource, start: Path): Iterable<RuleProblem> {
  const left: { readonly value: Value | undefined; readonly path: Path }[] = [
    { value: valueAt(resource.object, start), path: start },
  ];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { value, path } = next;
    if (isSequence(value))
      left.push(...value.map((item, index) => ({ value: item, path: [...path, index] })));
    else if (isMapping(value))
      left.push(...Object.keys(value).map((key) => ({ value: value[key], path: [...path, key] })));
    else if (isCredential(String(path.at(-1)), value))
      yield {
        at: [resource, ...path],
        message: `${path.slice(start.length).join('.')} looks like a credential, and stands in the repository in the clear`,
        help: 'keep it in a Secret that is encrypted or fetched, and let the chart or substituteFrom read it from there',
      };
  }
}

/** Whether a value under a key looks like a credential. */
export function isCredential(key: string, value: Value | undefined): boolean {
  if (typeof value !== 'string' || value.length < 6 || notItself.test(value)) return false;
  return secretKey.test(key) && !reference.test(key);
}
