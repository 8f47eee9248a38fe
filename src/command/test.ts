import { testPolicies } from '../admit/page/test-policies.ts';
import { defaultKubernetesVersion } from '../configuration/kubernetes-versions.ts';
import { failuresIn, policyTestsReport } from '../report/policy-tests.ts';
import { openSources } from '../source/load.ts';
import { complain, type ExitCode, type Io, say } from './io.ts';
import type { Invocation } from './options.ts';
import { type Command, root } from './options.ts';
import { isMissing, reportFindings } from './rendering.ts';

export const command: Command = {
  name: 'test',
  synopsis: 'cdb-lint test [DIR]',
  words: 'run the cases on the pages of the policies below DIR (default: policies)',
  examples: [['cdb-lint test policies/ --kubernetes-version 1.31', 'as an API server of that version does']],
  operands: { min: 0, max: 1, name: 'DIR' },
  options: [
    { name: 'kubernetes-version', value: '1.NN', words: 'the version to compile and check against' },
    root,
  ],
  run: runTest,
};

/** Tests the policies below a directory by their pages. */
function runTest(invocation: Invocation, io: Io): ExitCode {
  const directory = invocation.operands[0] ?? 'policies';
  const { fileSystem, inside } = io.files.repository(directory, invocation.option('root'));
  if (isMissing(directory, fileSystem, inside(directory), io)) return 2;
  const version = invocation.option('kubernetes-version') ?? defaultKubernetesVersion;
  const tested = testPolicies(openSources(fileSystem), inside(directory), version);
  if (tested.tests.length > 0) say(io, policyTestsReport(tested));
  reportFindings(tested.diagnostics, io);
  if (tested.diagnostics.length > 0) return 2;
  if (tested.tests.length === 0)
    return complain(
      io,
      `no ValidatingAdmissionPolicy below ${directory}`,
      'write one with "cdb-lint init policy NAME"',
    );
  return failuresIn(tested) > 0 ? 1 : 0;
}
