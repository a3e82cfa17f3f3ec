/** Something that the person at the terminal can mend: its message is the one sentence they read, without a stack. */
export class Failure extends Error {
  name = 'Failure'
}
