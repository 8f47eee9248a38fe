/** The candidate fewer than `limit` edits away from `word`, case aside, that was probably meant; undefined where none is. */
export function closestWord(
  word: string,
  candidates: Iterable<string>,
  limit: number,
  mostLooked = mostWords,
): string | undefined {
  const lower = word.toLowerCase();
  let best: string | undefined;
  let bestDistance = limit;
  let looked = 0;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= bestDistance) continue;
    looked += 1;
    if (looked > mostLooked) break;
    const distance = editDistance(lower, candidate.toLowerCase(), bestDistance);
    if (distance >= bestDistance) continue;
    best = candidate;
    bestDistance = distance;
  }
  return best;
}

// Thousands of names that are missing would each be compared with thousands that exist.
const [mostWords, mostNames] = [1000, 100];

/** The name among `names` that is most likely meant by `name`: at most two letters or a part of it differ. */
export function nearestName(name: string, names: Iterable<string>): string | undefined {
  return closestWord(name, names, Math.min(3, Math.ceil(name.length / 2)), mostNames);
}

/** Edits between the two with neighbours swapped as one, given up (as `limit`) once it cannot be below `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let distance = Math.min((next[j - 1] ?? 0) + 1, (row[j] ?? 0) + 1, (row[j - 1] ?? 0) + cost);
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwapped) distance = Math.min(distance, (before[j - 2] ?? 0) + 1);
      next.push(distance);
      least = Math.min(least, distance);
    }
    if (least >= limit) return limit;
    before = row;
    row = next;
  }
  return row[b.length] ?? limit;
}
