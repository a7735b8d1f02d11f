import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { Secret, secretOption } from '../../../src/lib/secret.ts';

it.each([
  ['a template', (secret: Secret) => String(secret)],
  ['JSON', (secret: Secret) => JSON.stringify({ secret })],
  ['inspection', (secret: Secret) => inspect({ secret }, { showHidden: true, depth: null })],
  [
    'inspection without its own say',
    (secret: Secret) => inspect(secret, { customInspect: false, showHidden: true }),
  ],
  ['its own keys', (secret: Secret) => Object.entries(secret).join()],
  ['a thrown message', (secret: Secret) => new Error('failed', { cause: secret }).stack ?? ''],
])('does not show itself in %s', (_, show) => {
  expect(show(new Secret('hunter22'))).not.toContain('hunter22');
});

it('reveals itself when asked', () => {
  expect(new Secret('hunter22').reveal()).toBe('hunter22');
  expect(secretOption.parse('hunter22').reveal()).toBe('hunter22');
});

it('refuses the empty text as an option', () => {
  expect(secretOption.safeParse('').success).toBe(false);
});
