import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/** What an error says, without the objects that drivers hang on theirs: a whole connection, with how it was opened. */
function plainError(error: Error): object {
  const fields = Object.entries(pino.stdSerializers.err(error));
  return Object.fromEntries(fields.filter(([, value]) => typeof value !== 'object'));
}

/** One JSON line an event on stderr; stdout belongs to what a command prints. Messages are static, facts are fields. */
export function createLogger(
  level: string,
  destination: DestinationStream = pino.destination({ fd: 2, sync: true }),
): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: plainError },
      redact: {
        paths: ['req.headers.authorization', 'req.headers.cookie', '*.password', '*.secret', '*.url'],
        censor: '[secret]',
      },
    },
    destination,
  );
}
