import { RE2JS } from 're2js';
import type { Matcher, PlacedLabels } from '../domain/routing.ts';
import { isGroupLabelName } from './labels.ts';

type ValueTest = (value: string) => boolean;

// A cache and nothing else: a matcher never changes, so the same object always gives the same test.
const tests = new WeakMap<Matcher, ValueTest>();

/**
 * Compiles the value of a `=~` or `!~` matcher: RE2 syntax, anchored at both ends as in Alertmanager; `.` also matches
 * a line break, since the label `text` may hold several lines. Throws re2js's own error when the pattern is not RE2.
 */
export function compileAnchored(pattern: string): ValueTest {
  const compiled = RE2JS.compile(pattern, RE2JS.DOTALL);
  return (value) => compiled.testExact(value);
}

function compile(matcher: Matcher): ValueTest {
  switch (matcher.op) {
    case '=':
      return (value) => value === matcher.value;
    case '!=':
      return (value) => value !== matcher.value;
    case '=~':
      return compileAnchored(matcher.value);
    case '!~':
    default: {
      const isMatch = compileAnchored(matcher.value);
      return (value) => !isMatch(value);
    }
  }
}

/** Whether the matcher lets the labels through. A missing label counts as the empty string. */
export function matches(matcher: Matcher, labels: PlacedLabels): boolean {
  let test = tests.get(matcher);
  if (test === undefined) {
    test = compile(matcher);
    tests.set(matcher, test);
  }
  return test((isGroupLabelName(matcher.label) ? labels[matcher.label] : undefined) ?? '');
}

/** Prints a matcher so that `parseMatcher` reads the same matcher back. */
export function formatMatcher({ label, op, value }: Matcher): string {
  const escaped = value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
  return `${label}${op}"${escaped}"`;
}
