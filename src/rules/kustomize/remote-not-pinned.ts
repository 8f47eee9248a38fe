import { isRemote } from '../../build/loader.ts';
import type { Severity } from '../../diagnostic/severity.ts';
import type { BuildRule } from '../rule.ts';
import { kustomizationFiles, listedTexts } from './kustomization-file.ts';

export const remoteNotPinned: BuildRule = {
  id: 'remote-not-pinned',
  severity: 'warning',
  scope: 'build',
  criterion: 'wired',
  tags: ['kustomize', 'supply-chain'],
  judgesFiles: true,
  *judge(build, context) {
    for (const file of kustomizationFiles(build, context)) {
      for (const field of ['resources', 'bases', 'components', 'crds']) {
        for (const entry of listedTexts(file, field)) {
          const verdict = isRemote(entry.value) ? judgeRemote(entry.value) : undefined;
          if (verdict !== undefined) yield { at: [entry], help, ...verdict };
        }
      }
    }
  },
};

const help = 'pin a commit: ?ref= with its 40 digits, so what is applied changes only with this repository';

const fileHelp = 'use an address with a commit or a version, or vendor the file';

interface Verdict {
  /** That of the rule, unless it is stated. */
  readonly severity?: Severity;
  readonly message: string;
  readonly help?: string;
}

function judgeRemote(url: string): Verdict | undefined {
  const ref = refOf(url);
  if (ref === undefined) {
    return isArchive(url)
      ? { message: 'the content at this address can change at any time', help: fileHelp }
      : { message: 'the remote base follows the default branch of its repository' };
  }
  if (/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/u.test(ref)) return undefined;
  if (isVersion(ref))
    return { severity: 'note', message: `the remote base follows the tag ${ref}, which its owner can move` };
  if (/^(?:refs\/heads\/.*|main|master|HEAD|develop|development|dev|trunk|latest|stable|next)$/u.test(ref))
    return { message: `the remote base follows the branch ${ref}` };
  return { message: `the remote base follows ${ref}, which is not a commit` };
}

/** Whether a tag ends in a version, such as `refs/tags/chart-v1.2.3-rc.1+build`. */
function isVersion(ref: string): boolean {
  if (!/^[\w./+-]+$/u.test(ref)) return false;
  const name = ref.slice(ref.lastIndexOf('/') + 1);
  const before = ref.slice(0, ref.length - name.length);
  const numbers = /\d\.\d+(?:$|[-+.]\w)/u.exec(name);
  return numbers !== null && !`${before}${name.slice(0, numbers.index)}`.includes('+');
}

/** The branch, tag or commit that an address names: in its query, or in the path as GitHub writes it. */
function refOf(url: string): string | undefined {
  const query = /[?&](?:ref|version)=([^&#]+)/u.exec(url);
  const path =
    /\/\/raw\.githubusercontent\.com\/[^/]+\/[^/]+\/(refs\/(?:heads|tags)\/[^/]+|[^/]+)\//u.exec(url) ??
    /\/\/github\.com\/[^/]+\/[^/]+\/(?:raw|blob)\/(refs\/(?:heads|tags)\/[^/]+|[^/]+)\//u.exec(url) ??
    /\/releases\/download\/([^/]+)\//u.exec(url) ??
    /\/releases\/(latest)\//u.exec(url);
  return (query ?? path)?.[1];
}

function isArchive(url: string): boolean {
  return /^https?:\/\/.*\.(?:ya?ml|json|tgz|tar\.gz|zip)$/u.test(url);
}
