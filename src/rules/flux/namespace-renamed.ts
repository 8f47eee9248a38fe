import { locateField } from '../../object/provenance.ts';
import { nameOf, type Resource, trackedObject } from '../../object/resource.ts';
import { isLeftAlone } from '../../reconcile/left-alone.ts';
import type { ClusterRule } from '../rule.ts';

/** kustomize renames every Namespace of a build to the target; prune then deletes it with all that it holds. */
export const namespaceRenamed: ClusterRule = {
  id: 'namespace-renamed',
  severity: 'error',
  scope: 'cluster',
  tags: ['flux', 'order'],
  *judge({ reconciliations }) {
    for (const { declaration, targetNamespace, build, prune } of reconciliations) {
      if (declaration === undefined || targetNamespace === undefined || !prune) continue;
      for (const resource of build.resources.filter(isNamespace)) {
        if (isLeftAlone(resource) || !isRenamed(resource)) continue;
        yield {
          at: [resource, 'metadata', 'name'],
          message: `targetNamespace renames this Namespace to ${nameOf(resource.object)}, and prune deletes it with everything in it`,
          help: 'move the Namespace out of this path, to another Kustomization',
          related: [{ at: [declaration, 'spec', 'targetNamespace'], message: 'set here' }],
        };
      }
    }
  },
};

function isNamespace({ object }: Resource): boolean {
  return object['kind'] === 'Namespace' && object['apiVersion'] === 'v1';
}

function isRenamed(resource: Resource): boolean {
  const [written] = locateField(trackedObject(resource), ['metadata', 'name']).steps;
  const text = written?.span.file.text.slice(written.span.start, written.span.end) ?? '';
  const name = text.replace(/^.*:/u, '').replaceAll(/["'\s]/gu, '');
  return name !== nameOf(resource.object) && !isStandIn(name);
}

/** Whether a name is none, or says that it is none: a component for many namespaces, each of which gives it its own. */
function isStandIn(name: string): boolean {
  return (
    !/^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/u.test(name) ||
    /^(?:changeme|default|name|namespace|not-used|ns|placeholder|replaceme|unused)$/u.test(name)
  );
}
