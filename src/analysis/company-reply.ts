import type { Evidence } from './evidence.ts';
import { wordSet } from './word-set.ts';

const POSSESSIVES = wordSet('my mine mein meine meinen mon ma mes mi mis meu minha mijn');
const OWN_POLITENESS = wordSet('apologies pleasure team colleague colleagues');
/** How agents sign: `^JH`, `*TKR`, `~RD`, `-Greg`. */
const AGENT_MARK = /(?:[\^*~/] ?\p{Lu}\p{L}{1,11}|\^\p{L}{2,3}|\s[-–] ?\p{Lu}\p{L}{0,11})\s*\.?$/u;
const TRAILING_LINKS = /(?:\s*https?:\/\/\S{1,60})+\s*$/u;

/** Whether a company speaks to a customer (`we are sorry to hear …, please DM us`), which is no customer opinion. */
export function isCompanyReply({ text, tokens, hits }: Evidence): boolean {
  const isToSomebody = tokens[0]?.kind === 'handle';
  const isSigned = AGENT_MARK.test(text.slice(-160).replace(TRAILING_LINKS, '').trimEnd());
  const cues = hits.ours.length + (isToSomebody && isSigned ? 1 : 0);
  if (hits.ours.length === 0 && !(isToSomebody && isSigned && tokens.length > 6)) return false;
  const isCustomer = tokens.some(
    (token, at) => POSSESSIVES.has(token.norm) && !OWN_POLITENESS.has(tokens[at + 1]?.norm ?? ''),
  );
  return (
    cues >= (isCustomer ? 3 : isToSomebody || isSigned ? 1 : 2) && !(isCustomer && hits.complaint.length > 0)
  );
}
