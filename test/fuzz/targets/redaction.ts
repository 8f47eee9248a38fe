import { wordRedactor } from '../../../src/report/finding/redact.ts';
import { textsOf } from './numbers.ts';

/** Values of secrets, and words in which one of them stands by itself: it is not in what is shown. */
export function fuzz(data: Uint8Array): void {
  const [before = '', after = '', ...given] = textsOf(data);
  const redact = wordRedactor({ spans: [], texts: given });
  for (const secret of given.filter(isSecret)) {
    const shown = redact(`${before} ${secret} ${after}`);
    if (` ${shown} `.includes(` ${secret} `))
      throw new Error(`shows ${JSON.stringify(secret)}: ${JSON.stringify(shown)}`);
  }
}

/** As short as what protects nothing, the name of a variable, and what only blanks set apart are none. */
function isSecret(text: string): boolean {
  return (
    text.length >= 5 &&
    text.trim() === text &&
    !text.includes('•') &&
    !/^\$\{\w+\}$|^(?:false|default)$/u.test(text) &&
    !/^(["']).*\1$/su.test(text)
  );
}
