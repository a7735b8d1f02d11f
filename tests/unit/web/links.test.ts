import { describe, expect, it } from 'vitest';
import { pathOf, webAddress } from '../../../src/web/ui/links.ts';

describe('an address that customers wrote', () => {
  it.each([
    'javascript:alert(1)',
    'java\tscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    '//evil.example',
    'nothing',
    '',
  ])('is no link: %j', (address) => {
    expect(webAddress(address)).toBeNull();
  });

  it('is one over http and https', () => {
    expect(webAddress('https://x.com/a/status/1')).toBe('https://x.com/a/status/1');
  });
});

describe('an address that mails carry', () => {
  it.each([
    [
      'https://earshot.example/digests/executive/2026-11-24/evidence?aspect=sales',
      '/digests/executive/2026-11-24/evidence?aspect=sales',
    ],
    ['https://earshot.example//evil.example/x', '/evil.example/x'],
    ['javascript:alert(1)', '/alert(1)'],
  ])('%s opens %s here', (address, path) => {
    expect(pathOf(address)).toBe(path);
  });
});
