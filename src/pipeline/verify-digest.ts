import { canonicalJson } from '../digest/canonical-json.ts';
import { compileDigest as compile } from '../digest/compile.ts';
import { quotedRefs } from '../digest/evidence.ts';
import { hashDigest, renderDigest } from '../digest/render.ts';
import type { DigestDocument, DigestHashes } from '../domain/digest.ts';
import type { DigestReadModel } from '../domain/ports/digest-read-model.ts';
import type { DigestRun, DigestRunStore } from '../domain/ports/digest-run-store.ts';
import { AppError } from '../lib/app-error.ts';

/** What verifying found. */
export type Verification =
  | { readonly result: 'identical' }
  | { readonly result: 'identical-except-erased'; readonly quotes: number }
  /** One line a difference, figures then and now. */
  | { readonly result: 'differs'; readonly differences: readonly string[] };

export interface VerifyDeps {
  readonly readModel: DigestReadModel;
  readonly runs: DigestRunStore;
}

/**
 * Counts a digest anew as of its cut-off, renders it again and compares both with what was frozen. AppError `not-found`
 * when that local day has no run.
 */
export async function verifyDigest(
  { readModel, runs }: VerifyDeps,
  name: string,
  date: string,
): Promise<Verification> {
  const run = await runs.find(name, date);
  if (run === null) throw new AppError('not-found', `No digest ${name} was compiled for ${date}.`);
  const { document } = run;
  const counted = {
    ...(await readModel.count(document.frozen)),
    names: document.names,
  };
  const facts = { frozen: document.frozen, counted };
  const texts = await readModel.readQuotes(quotedRefs(document));
  const erased = [...texts.values()].filter((text) => text === null).length;
  const rebuilt = compile(facts);
  if (isSame(rebuilt, document)) return compareForms(run, hashDigest(renderDigest(rebuilt, texts)), erased);
  // An erased text can no longer be compared with others, so what was chosen by its words is taken as it was chosen then.
  const rechosen = compile(facts, document);
  if (isSame(rechosen, document)) return compareForms(run, hashDigest(renderDigest(rechosen, texts)), erased);
  return { result: 'differs', differences: differencesOf(document, rechosen) };
}

function isSame(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

function compareForms({ hashes }: DigestRun, now: DigestHashes, erased: number): Verification {
  if (erased > 0) return { result: 'identical-except-erased', quotes: erased };
  const forms = (['text', 'html', 'slack', 'json'] as const).filter((form) => hashes[form] !== now[form]);
  if (forms.length === 0) return { result: 'identical' };
  const difference = `the figures are the same, but this version of Earshot words ${forms.join(', ')} differently`;
  return { result: 'differs', differences: [difference] };
}

const MOST_DIFFERENCES = 20;

/** Paths whose values differ, e.g. `tiles.2.today.all.people: 12 then, 13 now`. */
function differencesOf(then: DigestDocument, now: DigestDocument): readonly string[] {
  const found: string[] = [];
  const compare = (path: string, a: unknown, b: unknown): void => {
    if (found.length === MOST_DIFFERENCES || isSame(a, b)) return;
    if (!isObject(a) || !isObject(b)) {
      found.push(`${path}: ${shown(a)} then, ${shown(b)} now`);
      return;
    }
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      compare(path === '' ? key : `${path}.${key}`, a[key], b[key]);
    }
  };
  compare('', then, now);
  return found;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : canonicalJson(value);
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}
