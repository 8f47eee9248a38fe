import { complain, type ExitCode, type Io, say, writeFile } from './io.ts';
import { policyNamePattern, policySkeleton } from './policy-skeleton.ts';

/** Writes a policy that works and its page. */
export function initPolicy([name = '', directory = 'policies']: readonly string[], io: Io): ExitCode {
  if (name === '') return complain(io, 'a policy needs a name', 'write cdb-lint init policy NAME');
  if (!policyNamePattern.test(name))
    return complain(
      io,
      `"${name}" is not a valid policy name`,
      'name the defect in lowercase with dashes: team-label-missing',
    );
  const folder = directory.replace(/\/+$/u, '');
  const files = policySkeleton(name).map((file) => ({ ...file, path: `${folder}/${file.name}` }));
  const present = files.find(({ path }) => io.files.kind(path) !== undefined);
  if (present !== undefined) return complain(io, `${present.path} already exists`, 'use another name');
  const problem = io.files.makeFolder(directory);
  if (problem !== undefined) return complain(io, `cannot create ${directory}`, problem);
  for (const { path, text } of files) if (!writeFile(io, path, text)) return 2;
  const names = files.map(({ path }) => `wrote ${path}\n`).join('');
  return say(io, `${names}Change both, and run: cdb-lint test ${directory}\n`);
}
