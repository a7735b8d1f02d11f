import { describe, expect, it } from 'vitest';
import { valueOf, withValue } from '../../../src/web/inbox/search-words.ts';

describe('a search that the choices change', () => {
  it.each([
    ['', 'tier', '1', 'tier:1'],
    ['"per seat" tier:2', 'tier', '1', '"per seat" tier:1'],
    ['"per seat" tier:2 people>3', 'tier', '', '"per seat" people>3'],
    ['-source:x', 'source', 'My feed', '-source:x source:"My feed"'],
    ['assignee:"Dana Smith" late', 'assignee', 'me', 'late assignee:me'],
  ])('%j with %s of %j is %j', (search, word, value, changed) => {
    expect(withValue(search, word, value)).toBe(changed);
    expect(valueOf(changed, word)).toBe(value === '' ? undefined : value);
  });
});
