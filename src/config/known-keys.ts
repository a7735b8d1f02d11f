import { z } from 'zod';

/** The schema behind wrappers that do not change what keys a value may have. */
function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodLazy) {
    return unwrap(schema.unwrap());
  }
  return schema instanceof z.ZodPipe ? unwrap(schema.in) : schema;
}

/**
 * The keys that a schema allows at `path`, to say what a misspelt one was meant to be; undefined where the schema is
 * no object or takes any key.
 */
export function knownKeys(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] | undefined {
  const inner = unwrap(schema);
  const [step, ...rest] = path;
  if (inner instanceof z.ZodUnion) {
    const keys = inner.options.flatMap((option) => knownKeys(option, path) ?? []);
    return keys.length > 0 ? [...new Set(keys)] : undefined;
  }
  if (inner instanceof z.ZodArray) return step === undefined ? undefined : knownKeys(inner.element, rest);
  if (inner instanceof z.ZodRecord) return step === undefined ? undefined : knownKeys(inner.valueType, rest);
  if (!(inner instanceof z.ZodObject)) return undefined;
  const { catchall } = inner.def;
  const takesAny = catchall !== undefined && !(catchall instanceof z.ZodNever);
  if (step === undefined) return takesAny ? undefined : Object.keys(inner.shape);
  const next: z.core.$ZodType | undefined = inner.shape[String(step)];
  return next === undefined ? undefined : knownKeys(next, rest);
}
