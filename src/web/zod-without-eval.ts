import { config } from 'zod';

// Zod compiles its checks with `new Function`, which the content security policy refuses. Has to run before any shape is made.
config({ jitless: true });
