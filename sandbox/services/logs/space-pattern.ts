import { invalid } from './arns'
import { comparison, type ReadPattern } from './filter-pattern'

/** A word of a message that a pattern names, with what must be true of it. */
interface Field {
  name: string
  check(word: string): boolean
  /** What its conditions compare with. */
  values: string[]
}

const WORD = /"((?:[^"\\]|\\.)*)"|\[([^\]]*)\]|(\S+)/g
const CONDITION = /^\s*([\w-]+)\s*(?:(!=|<=|>=|=|<|>)\s*(?:"((?:[^"\\]|\\.)*)"|(%[^\s%]+%|[^\s"&|]+))\s*)?$/
const ELLIPSIS = '...'

/**
 * Compiles a pattern of words: `[ip, ..., status = 4* || status = 5*, bytes > 1000]`. Text in quotes or brackets is one word of a message.
 * @throws InvalidParameterException
 */
export function spacePattern(text: string): ReadPattern {
  const refused = () => invalid(`Invalid filter pattern: ${text}`)
  if (!text.endsWith(']')) throw refused()
  const parts = split(text.slice(1, -1), ',').map((part) => part.trim())
  const gap = parts.indexOf(ELLIPSIS)
  if (parts.lastIndexOf(ELLIPSIS) !== gap) throw refused()
  const fields = parts.filter((part) => part !== ELLIPSIS).map((part) => readField(part) ?? fail(refused()))
  const before = gap === -1 ? fields.length : gap

  /** The words by the fields' names; undefined where there are not as many as the pattern has. */
  const wordsOf = (message: string): [Field, string][] | undefined => {
    const words = [...message.matchAll(WORD)].map(([, quoted, bracketed, bare]) => quoted ?? bracketed ?? bare!)
    const fits = gap === -1 ? words.length === fields.length : words.length >= fields.length
    return fits ? fields.map((field, i) => [field, i < before ? words[i]! : words[words.length - fields.length + i]!]) : undefined
  }
  return {
    matches: (message) => wordsOf(message)?.every(([field, word]) => field.check(word)) ?? false,
    valueOf: (message, field) => wordsOf(message)?.find(([{ name }]) => `$${name}` === field)?.[1],
    fields: fields.map(({ name }) => `$${name}`),
    values: fields.flatMap(({ values }) => values),
  }
}

function readField(part: string): Field | undefined {
  let name: string | undefined
  const values: string[] = []
  const alternatives: ((word: string) => boolean)[][] = []
  for (const alternative of split(part, '||')) {
    const all: ((word: string) => boolean)[] = []
    for (const condition of split(alternative, '&&')) {
      const [, field, sign, quoted, bare] = CONDITION.exec(condition) ?? []
      if (field === undefined || (name !== undefined && name !== field)) return undefined
      name = field
      if (sign === undefined) continue
      const value = quoted?.replace(/\\(.)/g, '$1') ?? bare!
      values.push(value)
      const number = quoted === undefined && /^[+-]?(\d+\.?\d*|\.\d+)$/.test(value) ? Number(value) : undefined
      const check = comparison(sign, (word) => (number === undefined ? word : Number(word)), value, number)
      if (!check) return undefined
      all.push(check)
    }
    alternatives.push(all)
  }
  return name === undefined ? undefined : { name, values, check: (word) => alternatives.some((all) => all.every((check) => check(word))) }
}

/** Splits at a sign outside of quotes and regular expressions. */
function split(text: string, sign: string): string[] {
  const parts = ['']
  let isQuoted = false
  let isRegex = false
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"' && text[i - 1] !== '\\') isQuoted = !isQuoted
    if (text[i] === '%' && !isQuoted) isRegex = !isRegex && /=\s*$/.test(text.slice(0, i))
    if (!isQuoted && !isRegex && text.startsWith(sign, i)) {
      parts.push('')
      i += sign.length - 1
    } else parts[parts.length - 1] += text[i]!
  }
  return parts
}

function fail(error: Error): never {
  throw error
}
