// Lets a thread import TypeScript, as ECMAScript modules only: `--import tsx` would also let it require them as CommonJS, whose every
// use of an import is a call.
import { register } from 'tsx/esm/api';

register();
