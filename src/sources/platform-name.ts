import { z } from 'zod';

/** How platforms are named: short, lower case, fit for an index. */
export const PLATFORM_NAME = /^[a-z0-9][a-z0-9._-]{0,39}$/;

/** Where people wrote what a source carries; part of every mention's identity. */
export const platformName = z.string().regex(PLATFORM_NAME, 'write a short lower-case name, e.g. app-store');
