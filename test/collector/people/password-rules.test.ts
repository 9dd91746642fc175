import { describe, expect, it } from 'vitest';
import { checkPassword } from '#collector/people/password-rules.ts';

const OWNER = { loginName: 'admin-hanoi-so-mot', displayName: 'Quản trị Sở Tài chính' };

describe('checkPassword()', () => {
  it.each([
    'bốn con trâu qua sông',
    'correct horse battery',
    'x8Kq-21mN-pp0z',
    'passwords are hard',
    `${'à'.repeat(2)}bcdefghijk`,
    'một hai ba bốn năm sáu bảy '.repeat(4).slice(0, 128),
  ])('takes "%s"', (password) => {
    expect(() => checkPassword(password, OWNER)).not.toThrow();
  });

  it.each([
    ['too-short', 'mười một ký'],
    ['too-short', '🐃🐃🐃🐃🐃🐃🐃'],
    ['too-long', `${'a b c d '.repeat(16)}e`],
    ['own-name', 'Admin-Hanoi-So-Mot'],
    ['own-name', 'adminhanoisomot2026'],
    ['own-name', 'quan tri so tai chinh'],
    ['common', 'Password1234'],
    ['common', 'mật khẩu 123456'],
    ['common', '123456789012'],
    ['common', '210987654321'],
    ['common', 'aaaaaaaaaaaa'],
    ['common', 'abcabcabcabc'],
    ['common', 'qwertyuiop12'],
  ])('says %s of "%s", and not the password', (problem, password) => {
    expect(() => checkPassword(password, OWNER)).toThrow(
      expect.objectContaining({ problem, code: 'PASSWORD_REFUSED' }),
    );
    expect(() => checkPassword(password, OWNER)).toThrow(expect.not.stringContaining(password));
  });
});
