import { describe } from '../../workload/pod/pod-template.ts';
import { unreadObjects } from '../../workload/unread-object.ts';
import type { RunRule } from '../rule.ts';

/** ConfigMaps and Secrets that no object of the run names, where all who may read them are in the run. */
export const objectUnread: RunRule = {
  id: 'object-unread',
  severity: 'note',
  scope: 'run',
  criterion: 'wired',
  tags: ['references'],
  *judge(builds) {
    for (const { resource, build } of unreadObjects(builds))
      yield {
        at: [resource, 'metadata', 'name'],
        message: `nothing in the build reads or mentions ${describe(resource)}`,
        help: 'remove it, or refer to it where it is needed',
        entryPoint: build.root,
      };
  },
};
