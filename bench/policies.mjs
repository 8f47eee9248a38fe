import { deployments } from './deployments.mjs';
import { loadInternals, timeCall } from './load-internals.mjs';
import { alternate } from './measure.mjs';
import { printComparison, target } from './table.mjs';

const count = 10_000;

/** Judging objects by the policies of the catalogue, beside parsing them. */
export async function comparePolicies() {
  const { builtInPolicies, evaluatePolicies, openSources, memoryFileSystem } = await loadInternals();
  const fileSystem = memoryFileSystem({ 'all.yaml': deployments(count) });
  const parse = () => openSources(fileSystem).load('all.yaml', 'api-server').documents;
  const policies = builtInPolicies();
  const judge = (objects) =>
    objects.flatMap(({ value }) => evaluatePolicies(policies, { operation: 'CREATE', object: value }));
  const objects = parse();
  const violations = judge(objects);
  if (objects.length !== count || violations.length > 0)
    throw new Error(`${objects.length} objects, ${violations.length} violations: ${violations[0]?.message}`);
  const sides = alternate(
    { parsing: () => timeCall(parse), [`${policies.length} policies`]: () => timeCall(() => judge(objects)) },
    7,
  );
  printComparison(`policies: ${count.toLocaleString('en')} Deployments in one process, warm`, sides);
  compareViolations({ judge, policies, openSources, memoryFileSystem });
}

const brokenCount = 1000;

/** What it costs to say what is wrong, and where, when each object breaks several policies. */
function compareViolations({ judge, policies, openSources, memoryFileSystem }) {
  const text = deployments(brokenCount)
    .replaceAll('runAsNonRoot: true', 'runAsNonRoot: false')
    .replaceAll('allowPrivilegeEscalation: false', 'allowPrivilegeEscalation: true')
    .replaceAll('readOnlyRootFilesystem: true', 'readOnlyRootFilesystem: false')
    .replaceAll(/limits:.*/gu, 'limits: {}');
  const fileSystem = memoryFileSystem({ 'all.yaml': text });
  const parse = () => openSources(fileSystem).load('all.yaml', 'api-server').documents;
  const objects = parse();
  const each = judge(objects).length / objects.length;
  if (each < 3) throw new Error(`${each} violations an object`);
  const sides = alternate(
    { parsing: () => timeCall(parse), [`${policies.length} policies`]: () => timeCall(() => judge(objects)) },
    7,
  );
  const times = sides[`${policies.length} policies`].cpu / sides.parsing.cpu;
  printComparison(
    `policies: ${brokenCount.toLocaleString('en')} Deployments with ${each} violations each`,
    sides,
    [target('at most ten times parsing', times <= 10)],
  );
}
