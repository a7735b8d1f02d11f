import type { z } from 'zod';
import { closestWord } from '../lib/closest-word.ts';

type Issue = z.core.$ZodIssue;

const NOUNS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys',
  record: 'a map of keys',
};

function nounOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map of keys';
  if (typeof value === 'boolean') return String(value);
  return NOUNS[typeof value] ?? 'something else';
}

function remedyOf(expected: string, value: unknown): string {
  if (expected === 'string' && typeof value !== 'object') return 'put it in quotes';
  if (expected === 'array') return 'write it as a list, "- …" lines or [a, b]';
  if (expected === 'object' || expected === 'record') return 'write "key: value" lines below it';
  if (expected === 'boolean') return 'write it without quotes';
  if (expected === 'number' || expected === 'int') return 'write digits without quotes';
  return 'correct it';
}

function describeSize(issue: Extract<Issue, { code: 'too_small' | 'too_big' }>): string {
  const limit = Number(issue.code === 'too_small' ? issue.minimum : issue.maximum);
  const side = issue.code === 'too_small' ? 'at least' : 'at most';
  const unit = issue.origin === 'string' ? ' characters' : issue.origin === 'array' ? ' entries' : '';
  const bound = issue.inclusive === false ? `${issue.code === 'too_small' ? 'more' : 'less'} than` : side;
  return limit === 1 && side === 'at least' && unit !== ''
    ? 'is empty; write at least one'
    : `must have ${bound} ${limit}${unit}`;
}

/** Says that a key is unknown and which was probably meant. */
export function unknownKeyMessage(key: string, known: readonly string[] | undefined): string {
  const meant = known === undefined ? undefined : closestWord(key, known);
  if (meant !== undefined) return `unknown key "${key}", did you mean "${meant}"?`;
  return `unknown key "${key}"; remove it${known === undefined ? '' : `, the keys here are ${known.join(', ')}`}`;
}

/** One issue of zod as a sentence for whoever edits the file: what is wrong and what to do. `value` is what stands there. */
export function describeIssue(issue: Issue, value: unknown): string {
  const name = `"${String(issue.path.at(-1) ?? 'the file')}"`;
  switch (issue.code) {
    case 'invalid_type': {
      const expected = NOUNS[issue.expected] ?? issue.expected;
      if (value === undefined) return `${name} is missing; add it (${expected})`;
      return `${name} must be ${expected}, not ${nounOf(value)}; ${remedyOf(issue.expected, value)}`;
    }
    case 'invalid_value': {
      if (value === undefined) return `${name} is missing; add one of ${issue.values.join(', ')}`;
      const meant = typeof value === 'string' ? closestWord(value, issue.values.map(String)) : undefined;
      return `${name} must be one of ${issue.values.join(', ')}${meant === undefined ? '' : `; did you mean "${meant}"?`}`;
    }
    case 'too_small':
    case 'too_big':
      return `${name} ${describeSize(issue)}`;
    case 'custom':
    case 'invalid_format':
      return `${name} ${lowerFirst(issue.message)}`;
    case 'unrecognized_keys':
    case 'not_multiple_of':
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    default:
      return `${name}: ${lowerFirst(issue.message)}`;
  }
}

function lowerFirst(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}
