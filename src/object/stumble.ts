import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { findingOfRun } from '../diagnostic/of-run.ts';
import type { Span } from '../diagnostic/span.ts';
import { TooMuchEffort } from '../source/effort.ts';
import { errorText } from '../source/error-text.ts';
import type { Build } from './build.ts';
import { findingAt } from './finding.ts';
import { objectReference, type Resource } from './resource.ts';

/** What code of ours was about to do when it stumbled. */
export interface Stumble {
  /** Who stumbled, e.g. `the rule service-port-unmatched`. */
  readonly who: string;
  /** Over which object, where one alone makes it stumble. */
  readonly over?: Resource;
  /** Where to look, in a file. */
  readonly span?: Span;
  readonly entryPoint?: string;
}

/** The one finding of what stumbles: everything else is judged, and the run fails. */
export function stumbleFinding({ who, over, span, entryPoint }: Stumble, error: unknown): Diagnostic {
  if (error instanceof TooMuchEffort)
    return findingOfRun({
      rule: 'too-large',
      message: `${error.message}; not everything is checked`,
      help: 'look for long lists that select each other, or check parts of the repository in separate runs',
      unchecked: 'the rest of the repository',
    });
  const place = over === undefined ? (span?.file.path ?? (entryPoint || '.')) : nameOf(over);
  const words = {
    rule: 'check-failed',
    message: `${who} could not be checked for ${place}: ${errorText(error)}`,
    help: 'check for a value of an unusual type or size here, and report this as a bug in cdb-lint',
    severity: 'error',
    unchecked: `${who} for ${place}`,
  } as const;
  if (over !== undefined) return findingAt(over, { ...words, path: [] }, entryPoint);
  const nowhere = { file: { path: place, text: '' }, start: 0, end: 0 };
  return {
    ...words,
    span: span ?? nowhere,
    related: [],
    ...(entryPoint === undefined ? {} : { entryPoint }),
  };
}

/** Does one of several things that do not need each other; what stumbles goes to `stumbles`. */
export function attempt<T>(stumble: Stumble, stumbles: Diagnostic[], otherwise: T, act: () => T): T {
  try {
    return act();
  } catch (error) {
    stumbles.push(stumbleFinding(stumble, error));
    return otherwise;
  }
}

/** A build that stumbled: nothing of it is judged as if it were whole. */
export function stumbledBuild(root: string, stumble: Stumble, error: unknown): Build {
  const diagnostics = [stumbleFinding({ ...stumble, entryPoint: root }, error)];
  return { root, resources: [], diagnostics, inputs: [], effects: [], complete: false };
}

/** The first that makes somebody stumble all by itself. */
export function stumblingBlock(
  resources: readonly Resource[],
  judge: (resource: Resource) => unknown,
): Resource | undefined {
  return resources.find((resource) => {
    try {
      judge(resource);
      return false;
    } catch {
      return true;
    }
  });
}

function nameOf({ object }: Resource): string {
  const { kind, name } = objectReference(object);
  return `${kind}/${name}`;
}
