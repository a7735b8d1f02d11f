import express, { type RequestHandler, Router } from 'express';
import { AppError } from '../lib/app-error.ts';

export interface SlackDeps {
  /** Does what was pressed; see `createSlackDoor`. */
  readonly takeFromSlack: (request: {
    readonly body: string;
    readonly timestamp: string;
    readonly signature: string;
  }) => Promise<object | null>;
}

/** `POST /slack/actions`: what people press in Slack. Slack signs the bytes, so they are read as they are. */
export function slackRoutes({ takeFromSlack }: SlackDeps): RequestHandler {
  const router = Router();
  router.post(
    '/slack/actions',
    express.raw({ type: () => true, limit: '300kb' }),
    async (request, response) => {
      const body: unknown = request.body;
      if (!Buffer.isBuffer(body)) throw new AppError('invalid-input', 'Slack posts a form here');
      const reply = await takeFromSlack({
        body: body.toString('utf8'),
        timestamp: request.get('x-slack-request-timestamp') ?? '',
        signature: request.get('x-slack-signature') ?? '',
      });
      if (reply === null) response.status(200).end();
      else response.json(reply);
    },
  );
  return router;
}
