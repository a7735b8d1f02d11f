import { describe, expect, it } from 'vitest';
import { isCommonPassword } from '../../../src/lib/common-passwords.ts';

const person = { email: 'dana.miller@fernhill.example', name: 'Dana Miller' };

describe('a common password', () => {
  it.each([
    'password1234',
    'PASSWORD1234',
    'ｐａｓｓｗｏｒｄ１２３４',
    'qwertyuiop12',
    '111111111111',
    'abcdabcdabcd',
    'Dana.Miller1!',
    'dana miller 2026',
    'dana.miller@fernhill.example',
  ])('%s is one', (password) => {
    expect(isCommonPassword(password, person)).toBe(true);
  });

  it.each([
    'correct staple horse',
    'Straße über 7 Brücken',
    'dana likes 7 rivers',
    '密码很长而且没有人会猜到它',
  ])('%s is none', (password) => {
    expect(isCommonPassword(password, person)).toBe(false);
  });
});
