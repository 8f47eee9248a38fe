/** Numbers below 1 that the bytes of an input determine, so that a change of one byte changes one decision; 0 behind the last one. */
export function numbersOf(data: Uint8Array): () => number {
  let at = 0;
  return () => (data[at++] ?? 0) / 256;
}

/** The parts of an input as texts: what stands between bytes that are 0. */
export function textsOf(data: Uint8Array): readonly string[] {
  return new TextDecoder('utf-8').decode(data).split('\0');
}

/** Throws where the same work gives another answer the second time; an answer is what JSON keeps of it. */
export function requireSame(work: () => unknown): void {
  const [first, second] = [written(work()), written(work())];
  if (first !== second) throw new Error(`another answer the second time: ${first} and ${second}`);
}

function written(answer: unknown): string {
  const plain = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}n` : value);
  return JSON.stringify(answer, plain) ?? 'nothing';
}
