import { z } from 'zod';
import { Id, Instant, PolarityName } from './common.ts';
import { type Endpoint, LEADS, OVERSEERS } from './endpoint.ts';

const TAG = 'Themes';

export const Theme = z
  .object({
    id: Id,
    aspect: z.string(),
    name: z.string(),
    /** Of the last so many days. */
    opinions: z.int(),
    people: z.int(),
    lastHeardAt: Instant,
  })
  .meta({ id: 'Theme', description: 'Opinions of one aspect that say the same' });
export type Theme = z.infer<typeof Theme>;

export const ThemeOpinion = z
  .object({
    opinionId: Id,
    mentionId: Id,
    /** Null: erased since. */
    text: z.string().nullable(),
    polarity: PolarityName,
    author: z.string(),
    heardAt: Instant,
  })
  .meta({ id: 'ThemeOpinion' });
export type ThemeOpinion = z.infer<typeof ThemeOpinion>;

export const themeEndpoints = {
  listThemes: {
    method: 'get',
    path: '/api/v1/themes',
    tag: TAG,
    summary:
      'What more than one person said lately, most people first, at most 200; on the aspects of the caller’s departments',
    policy: OVERSEERS,
    query: z.strictObject({ days: z.coerce.number().int().min(1).max(731).default(30) }),
    answer: z.object({ themes: z.array(Theme) }),
  },
  getTheme: {
    method: 'get',
    path: '/api/v1/themes/:id',
    tag: TAG,
    summary: 'The newest 100 opinions of a theme',
    policy: OVERSEERS,
    params: z.object({ id: Id }),
    answer: z.object({ id: Id, aspect: z.string(), name: z.string(), opinions: z.array(ThemeOpinion) }),
  },
  mergeThemes: {
    method: 'post',
    path: '/api/v1/themes/:id/merge',
    tag: TAG,
    summary:
      'Two themes of one aspect say the same: from now on this one is the other, with what is still to come',
    policy: LEADS,
    params: z.object({ id: Id }),
    body: z.strictObject({ into: Id }),
    answer: z.object({ id: Id }),
  },
  splitTheme: {
    method: 'post',
    path: '/api/v1/themes/:id/split',
    tag: TAG,
    summary: 'Some opinions of a theme say something else: they become a theme of their own, and stay there',
    policy: LEADS,
    params: z.object({ id: Id }),
    body: z.strictObject({ opinions: z.array(Id).min(1).max(500) }),
    answer: z.object({ id: Id }),
  },
} satisfies Record<string, Endpoint>;
