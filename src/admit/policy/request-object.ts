import { groupVersionKind } from '../../object/resource.ts';
import { type Mapping, newMapping, type Value } from '../../source/value.ts';
import type { AdmissionRequest } from '../request.ts';
import { openMapping, unknown } from './cel-value.ts';
import type { Target } from './target.ts';

const requests = new WeakMap<Target, Map<string, Mapping>>();

/** `request` as far as a file can tell; what is empty is left out, as in the server's AdmissionRequest. */
export function requestObject(target: Target, apiVersion: string): Mapping {
  const byVersion = requests.get(target) ?? new Map<string, Mapping>();
  requests.set(target, byVersion);
  const known = byVersion.get(apiVersion) ?? newRequest(target, apiVersion);
  byVersion.set(apiVersion, known);
  return known;
}

const asks = unknown('the requesting user') as unknown as Value;

function newRequest(target: Target, apiVersion: string): Mapping {
  const { kind, resource, name, namespace, request } = target;
  const { group, version } = groupVersionKind(fields({ apiVersion }));
  const sent = { group: target.group, version: target.version };
  return fields({
    kind: fields({ group, version, kind }),
    resource: fields({ group, version, resource }),
    requestKind: fields({ ...sent, kind }),
    requestResource: fields({ ...sent, resource }),
    ...(name === '' ? {} : { name }),
    ...(namespace === '' ? {} : { namespace }),
    operation: request.operation,
    userInfo: openMapping(fields({ username: asks, groups: asks }), 'the requesting user'),
    dryRun: false,
    options: optionsOf(request),
  });
}

const optionKinds = { CREATE: 'CreateOptions', UPDATE: 'UpdateOptions', DELETE: 'DeleteOptions' };

/** What a client writes beside these two, its own name above all, nobody knows. */
function optionsOf({ operation, isApplied = false }: AdmissionRequest): Mapping {
  const kind = isApplied && operation !== 'DELETE' ? 'PatchOptions' : optionKinds[operation];
  return openMapping(fields({ kind, apiVersion: 'meta.k8s.io/v1' }), 'the options of the request');
}

function fields(values: Readonly<Record<string, Value>>): Mapping {
  return Object.assign(newMapping(), values);
}
