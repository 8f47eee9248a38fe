/** Words that messages are written with: what a Secret holds as well is not told by them. */
const proseWords: ReadonlySet<string> = new Set(
  'after allows already another applies before build change changes chart checked cluster command commands config container contains content creates defined deletes different directory drops elsewhere entry environment error every exist exists fetched field follows group holds image install keeps label labels layers limit lists makes matches memory moves names namespace needs never note nothing object objects operator outside owner patch paths permissions place placeholder probe probes process profile provides reaches reads refers rejects remains remote removed renamed replicas repository request required resource resources selector selects sends server service should shows source starts stays stops system takes target template their there these token traffic type under unknown unless value values variable variables version volume warning which while without write written'.split(
    ' ',
  ),
);

/** Words between those that mean something: with one of them words are a sentence or a label, and no passphrase. */
const smallWords: ReadonlySet<string> = new Set(
  'a an and are as at be because been but by can cannot contains could did do does for from had has have how if in into is it its key may must no nor not of on only or should such than that the then these this those to until was were what when where which who will with would you your'.split(
    ' ',
  ),
);

/** Words that stand in every sentence, and in passphrases as well. */
const looseWords: ReadonlySet<string> = new Set('off once one other over same so some too two up'.split(' '));

export function isSmallWord(word: string): boolean {
  return smallWords.has(word.toLowerCase());
}

export function isCommonWord(word: string): boolean {
  return proseWords.has(word.toLowerCase()) || looseWords.has(word.toLowerCase()) || isSmallWord(word);
}

const wordsAlone = /^[A-Za-z]+(?: [A-Za-z]+){1,11}$/u;

/** Whether a text consists of a few words of letters, as a passphrase does. */
export function isWordsAlone(text: string): boolean {
  return wordsAlone.test(text);
}

/** Whether a text is a word of a sentence: unquoted, between spaces, and not what stands behind a name. */
export function isProse(words: string, at: number, text: string): boolean {
  if (!proseWords.has(text)) return false;
  const before = words.slice(Math.max(0, at - 2), at);
  return (
    /(?:^|[^:=>→] |\()$/u.test(before) &&
    /^(?: (?![-=→])|[,;)]|[.:](?:\s|$)|$)/u.test(words.slice(at + text.length, at + text.length + 2))
  );
}
