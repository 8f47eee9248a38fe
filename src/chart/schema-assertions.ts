import { compileRe2 } from '../source/re2.ts';
import { equalValues, isMapping, isSequence, type Mapping, type Value } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import { hasFormat } from './schema-format.ts';
import { doubt, isNumber, type Place, type SchemaViolation, violation } from './schema-run.ts';

export function ofType(schema: Mapping, value: Value, place: Place): SchemaViolation[] {
  const { type } = schema;
  const types = typeof type === 'string' ? [type] : isSequence(type) ? type.map(valueText) : [];
  if (types.length > 0 && !types.some((one) => isOfType(one, value)))
    return [violation('type', `must be ${types.join(' or ')}`, place.path)];
  const constant = ofConstant(schema, value, place);
  if (constant.length > 0) return constant;
  const allowed = schema['enum'];
  if (allowed !== undefined && place.run.unknown?.isBelow(place.path) === true) return doubt(place);
  if (isSequence(allowed) && !allowed.some((one) => equalValues(one, value)))
    return [
      violation('enum', `must be one of ${allowed.map((one) => valueText(one)).join(', ')}`, place.path),
    ];
  return isOfFormat(schema, value, place)
    ? []
    : [violation('format', `must be a ${valueText(schema['format'])}`, place.path)];
}

export function ofConstant(schema: Mapping, value: Value, place: Place): SchemaViolation[] {
  const constant = place.run.draft < 6 ? undefined : schema['const'];
  if (constant === undefined || equalValues(constant, value)) return [];
  if (place.run.unknown?.isBelow(place.path) === true) return doubt(place);
  return [violation('const', 'must be the only allowed value', place.path)];
}

/** Since 2019 a format is a note for readers. */
function isOfFormat({ format }: Mapping, value: Value, { run }: Place): boolean {
  return (
    run.draft >= 2019 || typeof format !== 'string' || typeof value !== 'string' || hasFormat(value, format)
  );
}

function isOfType(type: string, value: Value): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'object':
      return isMapping(value);
    case 'array':
      return isSequence(value);
    case 'integer':
      return typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value));
    case 'number':
      return typeof value === 'bigint' || typeof value === 'number';
    default:
      return typeof value === type;
  }
}

export function ofText(schema: Mapping, value: string, { path }: Place): SchemaViolation[] {
  const { minLength, maxLength, pattern } = schema;
  const length = [...value].length;
  if (isBelow(length, minLength))
    return [violation('minLength', `must have ${valueText(minLength)} characters or more`, path)];
  if (isAbove(length, maxLength))
    return [violation('maxLength', `must have ${valueText(maxLength)} characters or fewer`, path)];
  return typeof pattern === 'string' && !compileRe2(pattern).test(value)
    ? [violation('pattern', `must match pattern "${pattern}"`, path)]
    : [];
}

export function isBelow(value: number, bound: Value | undefined): boolean {
  return (typeof bound === 'number' || typeof bound === 'bigint') && value < Number(bound);
}

export function isAbove(value: number, bound: Value | undefined): boolean {
  return (typeof bound === 'number' || typeof bound === 'bigint') && value > Number(bound);
}

export function ofNumber(schema: Mapping, number: number | bigint, { path }: Place): SchemaViolation[] {
  const value = Number(number);
  const { minimum, maximum, multipleOf } = schema;
  const [above, below] = [exclusive(schema, 'Minimum'), exclusive(schema, 'Maximum')];
  if (isBelow(value, minimum)) return [violation('minimum', `must be >= ${valueText(minimum)}`, path)];
  if (isAbove(value, maximum)) return [violation('maximum', `must be <= ${valueText(maximum)}`, path)];
  if (above !== undefined && value <= above)
    return [violation('exclusiveMinimum', `must be > ${above}`, path)];
  if (below !== undefined && value >= below)
    return [violation('exclusiveMaximum', `must be < ${below}`, path)];
  return isNumber(multipleOf) && !isMultiple(number, multipleOf)
    ? [violation('multipleOf', `must be a multiple of ${multipleOf}`, path)]
    : [];
}

/** Until the sixth edition a flag beside the bound. */
function exclusive(schema: Mapping, bound: 'Minimum' | 'Maximum'): number | undefined {
  const own = schema[`exclusive${bound}`];
  const beside = own === true ? schema[bound.toLowerCase()] : own;
  return isNumber(beside) ? Number(beside) : undefined;
}

/** Whether a number is a whole multiple of another, of the decimals that are written. */
function isMultiple(number: number | bigint, unit: number | bigint): boolean {
  const [value, step] = [decimalOf(number), decimalOf(unit)];
  const scale = Math.min(value.exponent, step.exponent);
  const whole = ({ digits, exponent }: Decimal): bigint => digits * 10n ** BigInt(exponent - scale);
  return whole(value) % whole(step) === 0n;
}

interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

function decimalOf(number: number | bigint): Decimal {
  const [mantissa = '', exponent = '0'] = String(number).split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}
