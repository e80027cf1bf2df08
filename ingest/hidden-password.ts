/** A shorter text stands in many words by chance: taking it out would tell more than leaving it. */
const LEAST_CHARACTERS = 4;

/**
 * Takes a password out of what a server says: one that repeats what it was sent would have it shown on
 * the page and in the log. In every form in which it goes over the wire.
 */
export function hidePassword(user: string, password: string): (words: string) => string {
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const forms = [
    base64(`\0${user}\0${password}`),
    base64(`${user}\0${user}\0${password}`),
    base64(password),
    password.replace(/["\\]/g, '\\$&'),
    // UTF-8 that was taken for Latin-1.
    Buffer.from(password).toString('latin1'),
    password,
  ].filter((form) => form.length >= LEAST_CHARACTERS);
  return (words) => forms.reduce((left, form) => left.replaceAll(form, '[password]'), words);
}
