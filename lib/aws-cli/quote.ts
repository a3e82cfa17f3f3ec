const PLAIN = /^[A-Za-z0-9_./:@%+,=-]+$/

/** Quotes a word for a POSIX shell, only where it needs it. */
export function quote(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
