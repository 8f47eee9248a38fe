// Replays merges of a repository and holds each plan against two builds of kustomize:
//   node scripts/replay.mjs CLI CLONE OUT [COMMITS]
// CLI is the cli.js that scripts/build.mjs wrote, CLONE a clone with history that may be checked out at will, OUT a folder for the reports.
// COMMITS is a file of commits, or how many of the newest ones that delete or rename YAML; a commit that stands in OUT is not planned
// again. It prints what each merge does, every row that destroys or breaks something, and each root whose objects kustomize has otherwise.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';

// The owner goes with all that it applied, whatever becomes of its directory.
const ownerLeaves = /^(?:owner-(?:kept|orphans|deleted|redirected)|protected)$/u;

const [cli, clone, out, commits = '20'] = process.argv.slice(2);
if (cli === undefined || clone === undefined || out === undefined)
  throw new Error('name the command line, the clone and the folder for reports');
mkdirSync(out, { recursive: true });
const trees = { base: `${resolve(clone)}-base`, head: `${resolve(clone)}-head` };
for (const folder of Object.values(trees))
  if (!existsSync(folder)) git(clone, 'worktree', 'add', '--force', '--detach', folder, 'HEAD');

const total = { merges: 0, equal: 0, different: 0, 'not comparable': 0 };
for (const commit of chosenCommits()) replay(commit);
console.log(
  `${Object.entries(total)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ')} (roots)`,
);

function git(folder, ...words) {
  return execFileSync('git', ['-C', folder, ...words], { encoding: 'utf8', maxBuffer: 1e9 });
}

function chosenCommits() {
  if (existsSync(commits)) return readFileSync(commits, 'utf8').split(/\s+/u).filter(Boolean);
  const log = [
    'log',
    '--first-parent',
    '--diff-merges=first-parent',
    '--diff-filter=DR',
    '--name-only',
    '--format=%H',
  ];
  const lines = git(clone, ...log, 'HEAD', '--', '*.yaml', '*.yml').split('\n');
  return lines.filter((line) => /^[\da-f]{40}$/u.test(line)).slice(0, Number(commits));
}

function replay(commit) {
  checkOut(trees.head, commit);
  const change = planned(commit);
  if (change === undefined) return;
  total.merges += 1;
  checkOut(trees.base, `${commit}^1`);
  for (const [root, told] of ofOneOwner(toldByRoot(change, rootsTouched(commit))))
    compare(commit, root, told);
}

/** A Kustomization whose path moves has its objects below two roots: they are compared as one. */
function ofOneOwner(byRoot) {
  const joined = new Map();
  for (const [root, told] of byRoot) {
    const { name } = { ...kustomizations('base').get(root), ...kustomizations('head').get(root) };
    const key = isOfOneCluster(name) ? name : `root ${root}`;
    const { root: known = root, told: own = [] } = joined.get(key) ?? {};
    joined.set(key, { root: known, told: [...own, ...told] });
  }
  return [...joined.values()].map(({ root, told }) => [root, told]);
}

/** Whether a Kustomization is the only one of its name in both revisions, and not one of each cluster. */
function isOfOneCluster(name) {
  return (
    name !== undefined && Object.keys(trees).every((side) => (kustomizations(side).names.get(name) ?? 0) < 2)
  );
}

function checkOut(folder, commit) {
  git(folder, 'checkout', '--quiet', '--force', '--detach', commit);
  git(folder, 'clean', '-ffdxq');
}

function planned(commit) {
  const file = join(out, `${commit}.json`);
  if (!existsSync(file)) {
    const run = spawnSync('node', [resolve(cli), 'plan', '--base', 'HEAD^1', '--format', 'json'], {
      cwd: trees.head,
      encoding: 'utf8',
      maxBuffer: 1e9,
    });
    if (!run.stdout.startsWith('{')) {
      console.log(`${commit.slice(0, 8)} FAILED ${run.status} ${run.stderr.slice(0, 300)}`);
      return undefined;
    }
    const { change, exitCode } = JSON.parse(run.stdout);
    const subject = git(clone, 'log', '-1', '--format=%s', commit).trim();
    writeFileSync(file, JSON.stringify({ subject, exitCode: exitCode ?? run.status, change }));
  }
  const report = plannedBefore(commit);
  tell(commit, report);
  return report.change;
}

function tell(commit, { subject, exitCode, change }) {
  console.log(
    `${commit.slice(0, 8)} exit ${exitCode} ${JSON.stringify(change.summary)} ${subject.slice(0, 80)}`,
  );
  for (const { severity, reason, title, location, objects, clusters } of change.rows) {
    if (severity !== 'destroys' && severity !== 'breaks') continue;
    const place = location === undefined ? '' : `${location.revision} ${location.file}:${location.line}`;
    console.log(
      `    ${severity} ${reason} | ${title} | ${place} | ${objects.length} in ${clusters.slice(0, 3)}`,
    );
  }
}

/** What the plan says of each root; of a touched one that it does not name: nothing. */
function toldByRoot({ objects }, touched) {
  const roots = new Map(touched.map((root) => [root, []]));
  for (const one of objects) roots.set(one.root, [...(roots.get(one.root) ?? []), one]);
  roots.delete('');
  return roots;
}

/** Paths that Flux applies and that hold a file that the merge changes. */
function rootsTouched(commit) {
  const files = git(clone, 'diff', '--name-only', '--no-renames', `${commit}^1`, commit).split('\n');
  const roots = Object.keys(trees).flatMap((side) => [...kustomizations(side).keys()]);
  return [...new Set(roots)].filter((root) => files.some((file) => file.startsWith(`${root}/`)));
}

function compare(commit, root, told) {
  const isByFlux = told.length === 0 || told.some(({ owner }) => owner.startsWith('Kustomization '));
  const isLeaving = told.length > 0 && told.every(({ reason }) => ownerLeaves.test(reason));
  const [base, head] = isComparable(told)
    ? ['base', 'head'].map((side) => (isLeaving && side === 'head' ? new Map() : built(side, root, isByFlux)))
    : [];
  if (base === undefined || head === undefined) {
    total['not comparable'] += 1;
    return;
  }
  const expected = differences(base, head);
  const all = [...base.keys(), ...head.keys()];
  // Whoever applies an object may say in which namespace, which a build does not; kustomize gives one to kinds that have none.
  const keyIn = (one) =>
    [keyOf(one), keyOf({ ...one, namespace: '' })].find((key) => base.has(key) || head.has(key)) ??
    all.find((key) => withoutNamespace(key) === withoutNamespace(keyOf(one))) ??
    keyOf(one);
  const found = new Map(told.map((one) => [keyIn(one), actionOf(one)]));
  // What moves is told under the root that applies it now, and leaves another one; what several apply is told of one of them.
  const { objects } = plannedBefore(commit).change;
  const moved = new Set(objects.filter((one) => one.previousOwner !== undefined).map(keyIn));
  const elsewhere = new Set(objects.map((one) => `${keyIn(one)} ${actionOf(one)}`));
  const keys = [...new Set([...expected.keys(), ...found.keys()])];
  const isTold = (key) =>
    expected.get(key) === found.get(key) ||
    (!found.has(key) && elsewhere.has(`${key} ${expected.get(key)}`)) ||
    moved.has(key);
  const wrong = keys.filter((key) => !isTold(key));
  total[wrong.length === 0 ? 'equal' : 'different'] += 1;
  if (wrong.length === 0) return;
  const words = wrong.slice(0, 4).map((key) => `${key}: ${expected.get(key)}, told ${found.get(key)}`);
  console.log(`    DIFFERS ${commit.slice(0, 8)} ${root}: ${words.join('; ')}, ${wrong.length} in all`);
}

/** Two builds say nothing of what waits, of what failed, or of Applications that go while their directory stays. */
function isComparable(told) {
  if (told.some(({ actions }) => actions.includes('unknown') || actions.includes('freeze'))) return false;
  return told.every(({ owner, reason }) => !owner.startsWith('Application') || !reason.startsWith('owner-'));
}

function withoutNamespace(key) {
  const [group, kind, , name] = key.split('/');
  return `${group}/${kind}/${name}`;
}

function plannedBefore(commit) {
  return JSON.parse(readFileSync(join(out, `${commit}.json`), 'utf8'));
}

function keyOf({ apiVersion = '', kind = '', namespace = '', name }) {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return `${group}/${kind}/${namespace}/${name}`;
}

function actionOf({ actions: [first, second] }) {
  if (first === 'create') return 'create';
  return (first === 'delete' && second !== 'create') || first === 'orphan' ? 'delete' : 'update';
}

function differences(base, head) {
  const found = new Map();
  for (const [key, text] of head)
    if (!base.has(key)) found.set(key, 'create');
    else if (base.get(key) !== text) found.set(key, 'update');
  for (const key of base.keys()) if (!head.has(key)) found.set(key, 'delete');
  return found;
}

/** What kustomize renders of a directory, with what the Flux Kustomization of that path adds where one applies it; undefined where it fails. */
function built(side, root, isByFlux) {
  const other = side === 'base' ? 'head' : 'base';
  const specOf = (one) => (isByFlux ? kustomizations(one).get(root) : undefined);
  const [spec, elsewhere] = [specOf(side), specOf(other)];
  if (spec === 'several' || elsewhere === 'several') return undefined;
  if (spec === undefined && elsewhere !== undefined) return builtByName(side, elsewhere.name);
  return builtBy(side, root, spec);
}

/** What the Kustomization of a name builds, wherever its path leads in a revision; undefined where it takes another repository. */
function builtByName(side, name) {
  const all = kustomizations(side);
  if (!all.names.has(name) || !isOfOneCluster(name)) return new Map();
  const [root, spec] = [...all].find(([, one]) => one.name === name) ?? [];
  return root === undefined ? undefined : builtBy(side, root, spec);
}

function builtBy(side, root, spec) {
  const folder = join(trees[side], root);
  if (!existsSync(folder)) return new Map();
  const file = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'].find((name) =>
    existsSync(join(folder, name)),
  );
  if (spec !== undefined) addAsFlux(folder, file, spec);
  else if (file === undefined) return undefined;
  const run = spawnSync('kustomize', ['build', '--load-restrictor', 'LoadRestrictionsNone', folder], {
    encoding: 'utf8',
    maxBuffer: 1e9,
    timeout: 60_000,
  });
  checkOut(trees[side], 'HEAD');
  if (run.status !== 0) return undefined;
  const text = substituted(run.stdout, spec && variablesOf(side, spec));
  const objects = parseAllDocuments(text, { merge: true, logLevel: 'silent' }).map((one) => one.toJS());
  return new Map(
    objects
      .filter((one) => one?.metadata)
      .map((one) => [keyOf({ ...one, ...one.metadata }), JSON.stringify(one)]),
  );
}

/** What kustomize-controller's generator writes into the kustomization. */
function addAsFlux(folder, file, spec) {
  if (file === undefined)
    execFileSync('kustomize', ['create', '--autodetect', '--recursive'], { cwd: folder });
  const path = join(folder, file ?? 'kustomization.yaml');
  const own = parseAllDocuments(readFileSync(path, 'utf8'))[0]?.toJS() ?? {};
  // Flux takes files by their ending, kustomize whatever it can read.
  const isTaken = (name) => /\.ya?ml$/u.test(name) || existsSync(join(folder, name, 'kustomization.yaml'));
  if (file === undefined) {
    own.resources = (own.resources ?? []).filter(isTaken);
    writeFileSync(path, stringify(own));
  }
  const { targetNamespace, namePrefix, nameSuffix, components = [], patches = [], images = [] } = spec;
  const more = {
    ...(targetNamespace === undefined ? {} : { namespace: targetNamespace }),
    ...(namePrefix === undefined ? {} : { namePrefix: `${namePrefix}${own.namePrefix ?? ''}` }),
    ...(nameSuffix === undefined ? {} : { nameSuffix: `${own.nameSuffix ?? ''}${nameSuffix}` }),
    ...(components.length === 0 ? {} : { components: [...(own.components ?? []), ...components] }),
    ...(patches.length === 0 ? {} : { patches: [...(own.patches ?? []), ...patches] }),
    ...(images.length === 0 ? {} : { images: [...(own.images ?? []), ...images] }),
  };
  if (Object.keys(more).length > 0) writeFileSync(path, stringify({ ...own, ...more }));
}

/** Variables that stand in the Kustomization itself or in a ConfigMap of the repository; what is encrypted stays as it is, in both revisions alike. */
function variablesOf(side, { postBuild }) {
  if (postBuild === undefined) return undefined;
  const { configMaps } = kustomizations(side);
  const sources = (postBuild.substituteFrom ?? []).map(({ kind, name }) =>
    kind === 'ConfigMap' ? configMaps.get(name) : {},
  );
  return Object.assign({}, ...sources, postBuild.substitute);
}

function substituted(text, variables, depth = 0) {
  if (variables === undefined) return text;
  const once = (one) =>
    one.replaceAll(/(?<!\$)\$\{(\w+)(?::?[=-]([^{}]*))?\}/gu, (whole, name, fallback) =>
      Object.hasOwn(variables, name) ? String(variables[name]) : (fallback ?? whole),
    );
  const next = once(text);
  // A default may hold a variable itself.
  return next === text || depth > 3 ? next : substituted(next, variables, depth + 1);
}

/** The specs of the Flux Kustomizations that are written in a revision, by their path. */
function kustomizations(side) {
  const known = kustomizations.known ?? new Map();
  kustomizations.known = known;
  const commit = git(trees[side], 'rev-parse', 'HEAD').trim();
  if (!known.has(commit)) known.set(commit, findKustomizations(trees[side]));
  return known.get(commit);
}

function findKustomizations(folder) {
  const found = new Map();
  const names = new Map();
  const configMaps = new Map();
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && /\.ya?ml$/u.test(entry.name),
  );
  for (const { parentPath, name } of files) {
    const text = readFileSync(join(parentPath, name), 'utf8');
    if (!/kustomize\.toolkit\.fluxcd\.io\/|^kind: (?:ConfigMap|FluxInstance)$/mu.test(text)) continue;
    for (const document of parseAllDocuments(text, { logLevel: 'silent' })) {
      const object = document.errors?.length === 0 ? document.toJS() : undefined;
      if (object?.kind === 'ConfigMap') configMaps.set(object.metadata?.name, object.data);
      if (object?.kind === 'FluxInstance') found.set(...syncOf(object));
      if (object?.kind !== 'Kustomization' || typeof object.spec?.path !== 'string') continue;
      const name = `${object.metadata?.namespace ?? ''}/${object.metadata?.name}`;
      names.set(name, (names.get(name) ?? 0) + 1);
      if (object.spec.sourceRef?.kind !== 'GitRepository') continue;
      const path = object.spec.path.replace(/^\.?\/+/u, '').replace(/\/+$/u, '');
      found.set(path, found.has(path) ? 'several' : { ...object.spec, name });
    }
  }
  found.delete('');
  const given = Object.assign({}, ...[...found.values()].flatMap(givenToAll));
  for (const [path, spec] of found) if (spec !== 'several') found.set(path, { ...spec, ...given });
  return Object.assign(found, { names, configMaps });
}

/** The Kustomization that the Flux Operator makes of a FluxInstance, by its path. */
function syncOf({ metadata: { namespace = 'flux-system' }, spec: { sync = {} } }) {
  const path = String(sync.path ?? '')
    .replace(/^\.?\/+/u, '')
    .replace(/\/+$/u, '');
  return [path, { name: `${namespace}/${sync.name ?? namespace}` }];
}

/** What a Kustomization patches into all others that it applies; there is one such in most repositories that have it. */
function givenToAll({ patches = [] }) {
  return patches
    .filter(({ target = {} }) => target.kind === 'Kustomization' && target.labelSelector === undefined)
    .map(({ patch }) => parseAllDocuments(String(patch), { logLevel: 'silent' })[0]?.toJS()?.spec ?? {});
}
