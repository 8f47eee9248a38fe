import type { TextSource } from '../../object/provenance.ts';
import type { MadeText } from '../../source/made-text.ts';
import { finishOutput, newOutput, writeMade, writeText } from '../output.ts';
import { refuseLength } from '../run.ts';
import { textIn } from '../value/argument.ts';
import { joinOrigins, noOrigins, originsOf } from '../value/datum.ts';
import type { ArgumentType, Call, GoFunction, Known } from '../value/model.ts';

/** A piece of a text that a function arranges: letters of its own, or those of an argument, all of them or a part. */
export type Piece =
  | string
  | { readonly of: number; readonly start?: number; readonly end?: number; readonly text?: string };

/** A function that puts texts together without changing their letters, so that each can be followed to where it came from. */
export function arranges(
  takes: readonly ArgumentType[],
  arrange: (args: readonly Known[]) => readonly Piece[],
  rest?: ArgumentType,
): GoFunction {
  return {
    takes,
    ...(rest === undefined ? {} : { rest }),
    call: (args, call) => arrangePieces(arrange(args), args, call),
  };
}

export function arrangePieces(pieces: readonly Piece[], args: readonly Known[], call: Call): Known {
  // Before it is made: what is too long may not even be put together.
  refuseLength(call.run, lengthOf(pieces, args));
  const isMade = args.some(({ made }) => made !== undefined);
  return isMade ? makeText(pieces, args, call) : plainText(pieces, args);
}

function lengthOf(pieces: readonly Piece[], args: readonly Known[]): number {
  return pieces.reduce((sum, piece) => {
    if (typeof piece === 'string') return sum + piece.length;
    const whole = piece.text?.length ?? textIn(args[piece.of]).length;
    return sum + Math.max(0, (piece.text === undefined ? (piece.end ?? whole) : whole) - (piece.start ?? 0));
  }, 0);
}

function plainText(pieces: readonly Piece[], args: readonly Known[]): Known {
  const text = pieces.map((piece) => (typeof piece === 'string' ? piece : pieceOf(piece, args))).join('');
  return { value: text, origins: joinOrigins(args) };
}

function pieceOf({ of, start = 0, end, text }: Exclude<Piece, string>, args: readonly Known[]): string {
  return text ?? textIn(args[of]).slice(start, end);
}

function makeText(pieces: readonly Piece[], args: readonly Known[], { here }: Call): Known {
  const output = newOutput();
  for (const piece of pieces) {
    if (typeof piece === 'string') writeText(output, piece, here);
    else {
      const known = args[piece.of];
      if (piece.text !== undefined && piece.text !== known?.value)
        writeText(output, piece.text, sourceOf(known, here));
      else if (known !== undefined) writeMade(output, madeOf(known, here), piece.start, piece.end);
    }
  }
  const { text, stretches } = finishOutput(output);
  return { value: text, origins: noOrigins, made: stretches };
}

function sourceOf(known: Known | undefined, here: TextSource): TextSource {
  const values = known === undefined ? noOrigins : originsOf(known);
  return values.length === 0 ? here : { ...here, values };
}

/** A text with its stretches; one that is a value as it stands is one stretch. */
export function madeOf(known: Known, here: TextSource): MadeText<TextSource> {
  const text = textIn(known);
  return { text, stretches: known.made ?? [{ start: 0, source: sourceOf(known, here) }] };
}

/** A text that a function made, with its stretches. */
export function knownText({ text, stretches }: MadeText<TextSource>): Known {
  return { value: text, origins: noOrigins, made: stretches };
}
