import { AppError } from '../lib/app-error.ts';
import { storableText } from '../lib/safe-text.ts';

/** What we read is a few levels deep; what is nested deeper is meant to exhaust us. */
const MAX_DEPTH = 20;

/** Every string of a parsed JSON body made safe for Postgres. Throws AppError `invalid-input` for a body without a bottom. */
export function storable(value: unknown, depth = 0): unknown {
  if (depth > MAX_DEPTH)
    throw new AppError('invalid-input', `The body is nested deeper than ${MAX_DEPTH} levels`);
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map((inner) => storable(inner, depth + 1));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, storable(inner, depth + 1)]));
  return value;
}

/** Every fault of what was sent, in one line. */
export function describeIssues(
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
  whole = 'body',
): string {
  return issues.map(({ path, message }) => `${path.join('.') || whole}: ${message}`).join('; ');
}
