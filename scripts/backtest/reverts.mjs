/** Shape: { id, subject, body } of each commit of the mainline, the newest first; `git` runs Git in the clone. */
export function mainlineOf(git) {
  const entries = git('log', '--first-parent', '--format=%x1e%H%x1f%s%x1f%b', 'HEAD').split('\x1e').slice(1);
  return entries.map((entry) => {
    const [id, subject, body] = entry.split('\x1f');
    return { id, subject, body };
  });
}

/** The commits of the mainline that a later one reverts, the newest first, with the commit that reverts each. */
export function findReverts(commits, git) {
  const known = commitsBy(commits, git);
  const found = new Map();
  for (const [place, commit] of commits.entries()) {
    if (/^(?:re-?apply|revert "revert|un-?revert)/iu.test(commit.subject)) continue;
    const target = namedIn(commit, known) ?? titled(commit, commits.slice(place + 1));
    if (target !== undefined && target !== commit.id && !found.has(target)) found.set(target, commit);
  }
  return found;
}

function commitsBy(commits, git) {
  return {
    git,
    ids: new Set(commits.map(({ id }) => id)),
    byRequest: new Map(commits.flatMap((one) => requestsOf(one).map((number) => [number, one.id]))),
  };
}

/** By the words that Git and GitHub write below a revert. */
function namedIn({ body }, { git, ids, byRequest }) {
  const named = /reverts (?:merge )?commit ([\da-f]{7,40})/iu.exec(body)?.[1];
  if (named !== undefined) return mergeOf(named, ids, git);
  return byRequest.get(/^Reverts (?:[\w./-]+)?#(\d+)/imu.exec(body)?.[1]);
}

function requestsOf({ subject }) {
  const number = /^Merge pull request #(\d+)|\(#(\d+)\)$/u.exec(subject);
  return number === null || /^revert/iu.test(subject) ? [] : [number[1] ?? number[2]];
}

/** The commit that brought `commit` to the mainline. */
function mergeOf(commit, ids, git) {
  const known = [...ids].find((one) => one.startsWith(commit));
  if (known !== undefined) return known;
  try {
    const path = git('rev-list', '--first-parent', '--ancestry-path', `${commit}..HEAD`);
    return path.trim().split('\n').at(-1) || undefined;
  } catch {
    return undefined;
  }
}

/** By its title, as in `Revert "feat: …"` and `revert: feat: …`: the newest before with that title. */
function titled({ subject }, earlier) {
  const title = /^revert(?:\([^)]*\))?:?\s+"?(.+?)"?(?:\s+\(#\d+\))?$/iu.exec(subject)?.[1];
  if (title === undefined || title.length < 12) return undefined;
  const plain = withoutRequest(title);
  return earlier.slice(0, 2000).find((one) => withoutRequest(one.subject) === plain)?.id;
}

const withoutRequest = (subject) => subject.replace(/\s+\(#\d+\)/gu, '').trim();
