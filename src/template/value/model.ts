import type { Origin, TextSource } from '../../object/provenance.ts';
import type { Stretch } from '../../source/made-text.ts';
import type { Syntax } from '../syntax/token.ts';
import type { Template } from '../template.ts';
import type { Frame } from '../template-error.ts';
import type { TimeZone } from './time-zone.ts';

/**
 * A value as Go's templates see it. A number is a float64 and a bigint an int, for these are what values and templates have; undefined
 * is what reflect calls invalid, which is less than a nil.
 */
export type Datum =
  | undefined
  | null
  | boolean
  | string
  | number
  | bigint
  | SizedInteger
  | Bytes
  | GoMap
  | GoList
  | GoObject;

/** An integer of any other type than int: what sprig computes is int64. */
export interface SizedInteger {
  readonly kind: 'integer';
  readonly type: 'int64' | 'uint64' | 'int32' | 'uint8';
  readonly value: bigint;
}

/** The content of a file; see `looseText` for what is no text. */
export interface Bytes {
  readonly kind: 'bytes';
  readonly text: string;
}

/** A map with texts as keys, which `set` changes for all who hold it. */
export interface GoMap {
  readonly kind: 'map';
  readonly entries: Map<string, Known>;
  /** What Go calls its type, where that is not `map[string]interface {}`. */
  readonly type?: string;
  readonly methods?: Methods;
  /** Whether it is a nil map, into which nothing can be set. */
  readonly isNil?: true;
}

export interface GoList {
  readonly kind: 'list';
  readonly items: readonly Known[];
  /** What Go calls its type, where that is not `[]interface {}`. */
  readonly type?: string;
  readonly methods?: Methods;
  /** Whether it is a nil slice, which JSON and `%#v` tell from an empty one. */
  readonly isNil?: true;
}

/** A struct, or what else has methods. */
export interface GoObject {
  readonly kind: 'object';
  readonly type: string;
  readonly fields: ReadonlyMap<string, Known>;
  readonly methods?: Methods;
  /** Of a time: since 1970, and what its methods' results come from. */
  readonly seconds?: number;
  /** Behind these. */
  readonly nanoseconds?: bigint;
  readonly zone?: TimeZone | undefined;
  readonly origins?: readonly Origin[];
  /** What it is printed as. */
  readonly text: string;
  /** What `%#v` prints of it, where that is something else. */
  readonly goSyntax?: string;
  /** The same inside of a list or a map, where Go prints only the address of some. */
  readonly textInside?: string;
  /** The same where an action names the place that holds it: Go calls a method there which the value alone does not have. */
  readonly textInPlace?: string;
  /** The fields as JSON and YAML have them, where they are called otherwise there. */
  readonly members?: ReadonlyMap<string, Known>;
  /** What a deep copy makes of it, where that is something else: fields that nobody else may read are not copied. */
  readonly copied?: GoObject;
  /** The text that JSON and YAML have for it, where that is no object. */
  readonly json?: string;
}

export type Methods = Readonly<Record<string, GoFunction>>;

/**
 * A value and what it was made of: one origin for what stands in the values, those of each argument for what a function made. A text
 * that a template made has its stretches as well.
 */
export interface Known {
  readonly value: Datum;
  readonly origins: readonly Origin[];
  readonly made?: readonly Stretch<TextSource>[];
}

/** What a function takes, in the types that Go's functions have. */
export interface ArgumentTypes {
  readonly any: Datum;
  readonly text: string;
  readonly int: number;
  readonly int64: bigint;
  readonly float: number;
  readonly bool: boolean;
  readonly map: GoMap;
  readonly list: GoList;
  readonly texts: GoList;
  readonly bytes: Bytes;
  readonly time: GoObject;
}

export type ArgumentType = keyof ArgumentTypes;

/** What a function is called with besides its arguments. */
export interface Call {
  readonly run: Run;
  /** The action that calls it. */
  readonly here: TextSource;
}

/** A function of templates: its arguments are of these types, those behind them of `rest`. */
export interface GoFunction {
  readonly takes: readonly ArgumentType[];
  readonly rest?: ArgumentType;
  readonly call: (args: readonly Known[], call: Call) => Known;
  /** Whether it goes through all of its arguments, which is what it costs. */
  readonly walks?: true;
  /** Whether it reads a text as a format, which costs more than to copy it. */
  readonly parses?: true;
  /** Whether it executes a template, so that errors say from where. */
  readonly nests?: true;
}

export type Functions = Readonly<Record<string, GoFunction>>;

/** What a field that is not there means: nothing (Go's default), a nil (Helm), or the end of the template. */
export type MissingKey = 'invalid' | 'zero' | 'error';

/** How much of a template is followed; shared by all that is executed together. */
export interface TemplateBudget {
  steps: number;
  /** Characters of text, made by functions or printed. */
  length: number;
  /** What it is a part of. */
  readonly whole?: TemplateBudget;
}

/** Where values came from that templates read: what was printed, asked about, or given to a function that makes something of it. */
export interface ReadValues {
  readonly origins: Set<Origin>;
  /** Maps and lists that were read with all that is in them. */
  readonly whole: Set<object>;
  /** Values that are no more than empty to `default`, and what was taken in their place. */
  readonly shadowed: Map<Origin, Datum>;
}

/** The templates that know each other, the functions they may call, and what was spent on them. */
export interface Run {
  readonly templates: Map<string, Template>;
  readonly functions: Functions;
  readonly missingKey: MissingKey;
  readonly syntax?: Syntax | undefined;
  readonly budget: TemplateBudget;
  /** The calls that led here, the outermost first. */
  readonly calls: readonly Frame[];
  /** What a value that is not there prints as; undefined where that ends the template. */
  readonly printsNothing: boolean;
  /** What values were read; nobody notes it down where absent. */
  readonly read?: ReadValues;
  /** What was asked of the world and answered with a stand-in. */
  readonly unknown: Set<string>;
}
