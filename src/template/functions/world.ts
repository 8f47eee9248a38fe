import { type Origin, originOfUnknown } from '../../object/provenance.ts';
import { numberIn, textIn } from '../value/argument.ts';
import { joinOrigins, knownValue } from '../value/datum.ts';
import type { ArgumentType, Call, Datum, Functions, GoFunction, GoObject, Known } from '../value/model.ts';
import { strval } from '../value/strval.ts';
import { decryptText } from './decrypt.ts';

/**
 * The functions of sprig 3.3 that draw lots, make keys or ask the network: what they answer is not known before the deployment. Each
 * answers with a stand-in of the same shape, always the same, and is noted.
 */
export const worldFunctions: Functions = {
  randAlphaNum: standsIn('randAlphaNum', ['int'], ([size]) => letters('x', size)),
  randAlpha: standsIn('randAlpha', ['int'], ([size]) => letters('x', size)),
  randAscii: standsIn('randAscii', ['int'], ([size]) => letters('x', size)),
  randNumeric: standsIn('randNumeric', ['int'], ([size]) => letters('0', size)),
  randBytes: standsIn('randBytes', ['int'], ([size]) => {
    const bytes = numberIn(size);
    return letters('A', knownValue(Math.floor(bytes / 3) * 4)) + ['', 'AA==', 'AAA='][bytes % 3];
  }),
  randInt: standsIn('randInt', ['int', 'int'], ([least]) => BigInt(numberIn(least))),
  uuidv4: standsIn('uuidv4', [], () => '00000000-0000-4000-8000-000000000000'),
  bcrypt: standsIn('bcrypt', ['text'], () => `$2a$10$${'x'.repeat(53)}`),
  htpasswd: standsIn(
    'htpasswd',
    ['text', 'text'],
    ([user]) => `${strval(user?.value)}:$2a$10$${'x'.repeat(53)}`,
  ),
  derivePassword: standsIn('derivePassword', ['int', 'text', 'text', 'text', 'text'], () => 'x'.repeat(20)),
  encryptAES: standsIn('encryptAES', ['text', 'text'], () => 'AAAAAAAAAAAAAAAAAAAAAA=='),
  decryptAES: {
    takes: ['text', 'text'],
    call: (args, call) => {
      const [password, text] = args;
      const value = decryptText(textIn(password), textIn(text));
      const origins = [
        ...joinOrigins(args),
        ...(value === undefined ? [unknownHere('decryptAES', call)] : []),
      ];
      return { value: value ?? '', origins };
    },
  },
  genPrivateKey: standsIn('genPrivateKey', ['text'], () => pem('RSA PRIVATE KEY')),
  genCA: certifies('genCA', ['text', 'int']),
  genCAWithKey: certifies('genCAWithKey', ['text', 'int', 'text']),
  genSelfSignedCert: certifies('genSelfSignedCert', ['text', 'any', 'any', 'int']),
  genSelfSignedCertWithKey: certifies('genSelfSignedCertWithKey', ['text', 'any', 'any', 'int', 'text']),
  genSignedCert: certifies('genSignedCert', ['text', 'any', 'any', 'int', 'any']),
  genSignedCertWithKey: certifies('genSignedCertWithKey', ['text', 'any', 'any', 'int', 'any', 'text']),
  buildCustomCert: {
    takes: ['text', 'text'],
    call: (args) => {
      const origins = joinOrigins(args);
      const [certificate, key] = args;
      return { value: certificateOf([textFrom64(certificate), textFrom64(key)], origins), origins };
    },
  },
  // Helm asks no name server unless it is told to (engine.EnableDNS), and neither do the controllers.
  getHostByName: { takes: ['text'], call: () => knownValue('') },
};

function standsIn(
  name: string,
  takes: readonly ArgumentType[],
  make: (args: readonly Known[], origins: readonly Origin[]) => Datum,
): GoFunction {
  return {
    takes,
    call: (args, call) => {
      const origins = [...joinOrigins(args), unknownHere(name, call)];
      return { value: make(args, origins), origins };
    },
  };
}

/** Notes that nobody knows before the deployment what a function answers; what is made of the answer has this origin. */
export function unknownHere(name: string, { run, here }: Call): Origin {
  run.unknown.add(name);
  return originOfUnknown(name, here.template);
}

function letters(letter: string, size: Known | undefined): string {
  return letter.repeat(Math.min(100_000, Math.max(0, numberIn(size))));
}

function certifies(name: string, takes: readonly ArgumentType[]): GoFunction {
  return standsIn(name, takes, (_, origins) =>
    certificateOf([pem('CERTIFICATE'), pem('RSA PRIVATE KEY')], origins),
  );
}

function certificateOf(
  [certificate, key]: readonly [certificate: string, key: string],
  origins: readonly Origin[],
): GoObject {
  const fields = new Map([
    ['Cert', { value: certificate, origins }],
    ['Key', { value: key, origins }],
  ]);
  return { kind: 'object', type: 'sprig.certificate', fields, text: `{${certificate} ${key}}` };
}

// The base64 of words that say what it is.
function pem(kind: string): string {
  return `-----BEGIN ${kind}-----\nbm90IGtub3duIGJlZm9yZSB0aGUgZGVwbG95bWVudA==\n-----END ${kind}-----\n`;
}

function textFrom64(known: Known | undefined): string {
  try {
    return atob(strval(known?.value));
  } catch {
    return '';
  }
}
