/** What people type when twelve characters are asked for; the very first guesses of anybody who guesses. */
const FIRST_GUESSES = new Set(
  `password1234 password12345 password123456 passwordpassword passw0rd1234 p@ssword1234 p@ssw0rd1234 password!123 mypassword123
thisismypassword password2024 password2025 password2026 changeme1234 changemenow1 changethis123 letmein12345 letmeinletmein
welcome12345 welcome123456 welcome2024! welcome2025! welcome2026! administrator administrator1 admin1234567 adminadminadmin
adminpassword rootrootroot qwertyuiop12 qwertyuiop123 qwertyuiopas qwertyqwerty qwerty123456 qwerty1234567 qwertzuiop12
azertyuiop12 1q2w3e4r5t6y 1qaz2wsx3edc 1qazxsw23edc zaq12wsxcde3 asdfghjkl123 asdfghjklasd zxcvbnm12345 123456789012 1234567890123
012345678901 123456123456 123123123123 098765432109 987654321098 abcdefghijkl abcdefghijklm abcd12345678 abc123abc123 abcabcabcabc
iloveyou1234 iloveyou12345 iloveyouiloveyou sunshine1234 princess1234 football1234 baseball1234 superman1234 starwars1234
whateverwhatever trustno1trustno1 monkeymonkey dragondragon correcthorsebatterystaple earshot12345 earshotearshot secret123456
secretsecret supersecret1 summer2024!! summer2025!! winter2025!! passwort1234 passwort12345 motdepasse12 contrasena12 hallohallo123
wachtwoord12 geheim123456 testtesttest test12345678 testpassword default12345`.split(/\s+/),
);

/** Fewer than this many different characters are a pattern, not a password. */
const FEWEST_CHARACTERS = 5;

/** Whether a password is among the first that anybody would guess for this person. */
export function isCommonPassword(
  password: string,
  { email, name }: { email: string; name: string },
): boolean {
  const plain = password.normalize('NFKC').toLowerCase();
  const own = [email, email.split('@')[0] ?? '', name].map((word) =>
    word.toLowerCase().replaceAll(/\s+/g, ''),
  );
  const bare = plain.replaceAll(/[\s\d!.?#*_-]+$/g, '').replaceAll(/\s+/g, '');
  return FIRST_GUESSES.has(plain) || new Set(plain).size < FEWEST_CHARACTERS || own.includes(bare);
}
