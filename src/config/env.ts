import { z } from 'zod';
import { AppError } from '../lib/app-error.ts';
import { closestWord } from '../lib/closest-word.ts';
import { Secret } from '../lib/secret.ts';

/** The environment as Node gives it. */
export type ProcessEnv = Readonly<Record<string, string | undefined>>;

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** What Earshot reads from its environment, checked and with defaults. */
export interface Environment {
  /** Path of `earshot.yaml`. */
  readonly configFile: string;
  /** Whether EARSHOT_CONFIG names the file; only then is a missing file a fault. */
  readonly isConfigFileNamed: boolean;
  /** Folder of everything that embedded mode writes. */
  readonly dataFolder: string;
  /** A `postgres://` address; undefined means the embedded database. */
  readonly databaseUrl: Secret | undefined;
  /** A `redis://` or `rediss://` address, several with commas for a cluster; undefined means the queue in Postgres. */
  readonly redisUrl: Secret | undefined;
  /** 0 lets the system choose a free port. */
  readonly port: number;
  readonly host: string;
  /** At least 32 characters; undefined in embedded mode means the key kept in the data folder. */
  readonly secretKey: Secret | undefined;
  /** Address that links in mails and Slack carry, without a slash at its end. */
  readonly publicUrl: string;
  readonly logLevel: (typeof LOG_LEVELS)[number];
}

const publicUrl = z
  .url({
    protocol: /^https?$/,
    error: 'must be an http:// or https:// address, for instance https://earshot.example',
  })
  .refine((text) => !/[?#@]/.test(text), {
    error: 'must be an address without user, "?" and "#"',
    abort: true,
  })
  .transform((text) => text.replace(/\/+$/, ''));

const schema = z.object({
  EARSHOT_CONFIG: z.string().optional(),
  EARSHOT_DATA: z.string().default('.earshot'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/\S+$/, 'must look like postgres://user:password@host:5432/database')
    .transform((text) => new Secret(text))
    .optional(),
  REDIS_URL: z
    .string()
    .regex(
      /^rediss?:\/\/[^\s,]+(,rediss?:\/\/[^\s,]+)*$/,
      'must look like redis://host:6379, or rediss:// with TLS',
    )
    .transform((text) => new Secret(text))
    .optional(),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a number from 0 to 65535')
    .transform(Number)
    .refine((port) => port <= 65_535, 'must be a number from 0 to 65535')
    .default(4000),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'must be a host name or IP address without scheme and port, for instance 127.0.0.1')
    .default('127.0.0.1'),
  EARSHOT_SECRET_KEY: z
    .string()
    .min(32, 'must have at least 32 characters; `openssl rand -hex 32` makes one')
    .transform((text) => new Secret(text))
    .optional(),
  EARSHOT_URL: publicUrl.optional(),
  LOG_LEVEL: z
    .enum(LOG_LEVELS, {
      error: (issue) => {
        const meant = closestWord(String(issue.input), LOG_LEVELS);
        return `must be one of ${LOG_LEVELS.join(', ')}${meant === undefined ? '' : `; did you mean ${meant}?`}`;
      },
    })
    .default('info'),
});

function defaultUrl(host: string, port: number): string {
  const isWildcard = host === '0.0.0.0' || host === '::';
  const reachable = isWildcard ? '127.0.0.1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

/**
 * Reads the variables Earshot knows; nothing else in the code looks at the environment. A variable that is set to
 * nothing counts as not set. Throws one AppError `invalid-input` with all faults, one a line, values not shown.
 */
export function readEnv(env: ProcessEnv): Environment {
  const set = Object.fromEntries(
    Object.keys(schema.shape).flatMap((name) => (env[name] ? [[name, env[name]] as const] : [])),
  );
  const parsed = schema.safeParse(set);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(
      (issue) => `environment: ${issue.path.join('.')} ${issue.message}`,
    );
    throw new AppError('invalid-input', faults.join('\n'));
  }
  const read = parsed.data;
  return {
    configFile: read.EARSHOT_CONFIG ?? 'earshot.yaml',
    isConfigFileNamed: read.EARSHOT_CONFIG !== undefined,
    dataFolder: read.EARSHOT_DATA,
    databaseUrl: read.DATABASE_URL,
    redisUrl: read.REDIS_URL,
    port: read.PORT,
    host: read.HOST,
    secretKey: read.EARSHOT_SECRET_KEY,
    publicUrl: read.EARSHOT_URL ?? defaultUrl(read.HOST, read.PORT),
    logLevel: read.LOG_LEVEL,
  };
}
