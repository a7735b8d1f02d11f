import { describeKills } from './kills.ts';

describeKills('postgres', 'the queue in Postgres');
