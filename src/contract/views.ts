import { z } from 'zod';
import { Id, Line, QueryWords } from './common.ts';
import { type Endpoint, SIGNED_IN } from './endpoint.ts';

const VIEWS = 'Views';

export const View = z
  .object({
    id: Id,
    name: z.string(),
    q: z.string(),
    /** Whether everybody sees it. */
    isShared: z.boolean(),
    /** Whether the caller keeps it. */
    isMine: z.boolean(),
  })
  .meta({ id: 'View', description: 'A search of the inbox that somebody keeps' });
export type View = z.infer<typeof View>;

export const viewEndpoints = {
  listViews: {
    method: 'get',
    path: '/api/v1/views',
    tag: VIEWS,
    summary: 'The searches that the caller keeps, and those that everybody sees',
    policy: SIGNED_IN,
    answer: z.object({ views: z.array(View) }),
  },
  addView: {
    method: 'post',
    path: '/api/v1/views',
    tag: VIEWS,
    summary: 'Keep a search of the inbox under a name',
    policy: SIGNED_IN,
    body: z.strictObject({ name: Line(60), q: QueryWords, isShared: z.boolean().default(false) }),
    answer: View,
    status: 201,
  },
  removeView: {
    method: 'delete',
    path: '/api/v1/views/:id',
    tag: VIEWS,
    summary: 'Remove a view of one’s own; an administrator also removes what everybody sees',
    policy: SIGNED_IN,
    params: z.object({ id: Id }),
    answer: z.object({ id: Id }),
  },
} satisfies Record<string, Endpoint>;
