import { describe, expect, it } from 'vitest';
import { caseKeyOf } from '../../../src/pipeline/case-key.ts';

function clues(text: string, changes: { thread?: string; mentionId?: string; platform?: string } = {}) {
  const { thread = null, mentionId = '1', platform = 'x' } = changes;
  return { thread, text, mentionId, labels: { platform } };
}

const SLOW = 'Atlas has been slow since the last update';

describe('what a case is found by', () => {
  it.each<[string, ReturnType<typeof clues>, ReturnType<typeof clues>, string]>([
    [
      'messages of one conversation, whatever they say',
      clues('Atlas is slow', { thread: 't-1', mentionId: '1' }),
      clues('Thank you, works again', { thread: 't-1', mentionId: '2' }),
      'same conversation',
    ],
    ['a copied text', clues(SLOW, { mentionId: '1' }), clues(SLOW, { mentionId: '2' }), 'same words'],
    [
      'a repost with handle, link, digits and other case',
      clues(SLOW, { mentionId: '1' }),
      clues(`RT @ann: ${SLOW.toUpperCase()}!!! https://t.example/a1b2 42`, { mentionId: '2' }),
      'same words',
    ],
    [
      'a copy on another platform',
      clues(SLOW, { platform: 'x', mentionId: '1' }),
      clues(SLOW, { platform: 'review', mentionId: '2' }),
      'same words',
    ],
    [
      'a copy in compatibility letters',
      clues(SLOW, { mentionId: '1' }),
      clues('\uff21tlas has been slow since the last update', { mentionId: '2' }),
      'same words',
    ],
    ['two opinions of one short mention', clues('thanks!'), clues('thanks!'), 'on its own'],
  ])('is shared by %s', (_, one, other, reason) => {
    expect(caseKeyOf(one)).toEqual(caseKeyOf(other));
    expect(caseKeyOf(one).reason).toBe(reason);
  });

  it.each<[string, ReturnType<typeof clues>, ReturnType<typeof clues>]>([
    [
      'the same thread id on two platforms',
      clues(SLOW, { thread: 't-1', platform: 'x' }),
      clues(SLOW, { thread: 't-1', platform: 'mail' }),
    ],
    ['other words', clues(SLOW), clues('Atlas has been fast since the last update')],
    [
      'short texts of two people',
      clues('Same here!', { mentionId: '1' }),
      clues('Same here!', { mentionId: '2' }),
    ],
    [
      'links and handles alone',
      clues('@ann https://t.example/a', { mentionId: '1' }),
      clues('@ann https://t.example/a', { mentionId: '2' }),
    ],
  ])('differs for %s', (_, one, other) => {
    expect(caseKeyOf(one).key).not.toBe(caseKeyOf(other).key);
  });

  it('holds none of the words', () => {
    expect(caseKeyOf(clues(SLOW)).key).not.toContain('atlas');
    expect(caseKeyOf(clues('x', { thread: 'ann@acme.example' })).key).not.toContain('acme');
  });

  it('tells texts apart that are written without spaces', () => {
    const one = clues('価格が高すぎるので解約します', { mentionId: '1' });
    const other = clues('サポートはとても親切でした', { mentionId: '2' });

    expect(caseKeyOf(one).key).not.toBe(caseKeyOf(other).key);
  });
});
