/** Names that Slack turns into an alarm for a whole channel when a workspace links names. */
const LOUD_NAMES = /@(?=(?:channel|here|everyone|group)\b)/gi;
const WORD_JOINER = '\u2060';
/** Looks like a backtick and opens no code block, which would swallow the markup that we put after a quote. */
const GRAVE_LETTER = '\u02cb';

/**
 * Makes foreign words safe inside Slack's mrkdwn: `&`, `<` and `>` are escaped once (so no mention, link or date can be
 * built), `@channel` and its like lose their meaning, backticks show as text. Escape each text exactly once.
 */
export function escapeMrkdwn(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('`', GRAVE_LETTER)
    .replaceAll(LOUD_NAMES, `@${WORD_JOINER}`);
}
