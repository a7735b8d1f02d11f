/** The closed word lists of Earshot; GLOSSARY.md says what each word means. */

/** The four aspects every workspace has; a workspace may add its own in `earshot.yaml`. */
export const BUILT_IN_ASPECTS = ['product', 'sales', 'pricing', 'service'] as const;

/** One of {@link BUILT_IN_ASPECTS}, an aspect the workspace added, or `other`. */
export type Aspect = string;

export const POLARITIES = ['negative', 'neutral', 'positive'] as const;
export type Polarity = (typeof POLARITIES)[number];

export const INTENTS = ['complaint', 'praise', 'question', 'suggestion', 'purchase', 'churn'] as const;
/** What the writer wants; an opinion without one carries `none`. */
export type Intent = (typeof INTENTS)[number];

/** What became of a mention; every analysed mention has exactly one. */
export const OUTCOMES = ['routed', 'unsure', 'no-opinion', 'quarantined', 'ours'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** How a text was written; it decides how it is cleaned and which thresholds hold. */
export const CHANNEL_KINDS = ['post', 'mail', 'review'] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

/** 0 none, 1 an ordinary wish for an answer, 2 time-critical or escalating, 3 safety, legal, fraud or money lost now. */
export const URGENCIES = [0, 1, 2, 3] as const;
export type Urgency = (typeof URGENCIES)[number];

/** Why a mail was not written by a person to us; such mail is quarantined and never counted as opinion. */
export const MACHINE_MAIL = ['auto-reply', 'bounce', 'list', 'loop'] as const;
export type MachineMail = (typeof MACHINE_MAIL)[number];
