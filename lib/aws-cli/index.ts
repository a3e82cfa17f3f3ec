import { NormalizedSchema } from '@smithy/core/schema'
import type { AnyCommand, ServiceName } from '@/lib/cloud/clients'
import { cliService, kebab, optionName } from './names'
import { quote } from './quote'
import { json, shorthand } from './value'

export interface CliOptions {
  /** Names of the files that bytes are read from, by member: `{ ZipFile: 'function.zip' }`. */
  files?: Record<string, string>
  /** Major version of the AWS CLI. They differ in how an invoke's payload is written; 2 is what AWS installs. */
  version?: 1 | 2
}

const ONE_LINE = 72
/** The CLI would read these from a file or the network in place of taking them as they are. */
const PARAMETER_FILE = /^(file|fileb|https?):\/\//

/**
 * Writes an SDK command as the AWS CLI command that sends the same request, ready to paste into a POSIX shell.
 * Endpoint, region and keys are left to the shell's environment. Operations that the CLI pages by itself send
 * their size limit (`--max-items`) as the CLI means it: as a limit of the whole.
 *
 * @example commandToCli('lambda', new GetFunctionCommand({ FunctionName: 'bookshop' })) // aws lambda get-function --function-name bookshop
 * @throws TypeError for bytes in a place where the CLI takes none
 */
export function commandToCli(service: ServiceName, command: AnyCommand, options: CliOptions = {}): string {
  const [, , operation, , inputRef, outputRef] = (command as unknown as { schema: [number, string, string, unknown, any, any] }).schema
  const subcommand = kebab(operation)
  const input = NormalizedSchema.of(inputRef)
  const words: string[] = []
  const asJson: Record<string, unknown> = {}

  for (const [member, value] of Object.entries(hoistZip(service, operation, command.input as Record<string, unknown>))) {
    if (value === undefined) continue
    const option = `--${optionName(service, subcommand, member)}`
    if (typeof value === 'string' && PARAMETER_FILE.test(value)) asJson[member] = value
    else if (member === 'ZipFile') words.push(`${option} ${quote(`fileb://${options.files?.ZipFile ?? 'function.zip'}`)}`)
    else words.push(optionText(option, input.getMemberSchema(member), member, value, options))
  }
  if (Object.keys(asJson).length > 0) words.unshift(`--cli-input-json ${quote(json(asJson))}`)
  const outfile = outputFile(NormalizedSchema.of(outputRef), operation)
  if (outfile !== undefined) words.push(outfile)

  const head = `aws ${cliService(service)} ${subcommand}`
  const line = [head, ...words].join(' ')
  return line.length <= ONE_LINE && !line.includes('\n') ? line : [head, ...words].join(' \\\n  ')
}

/** The CLI takes a function's zip by an option of its own, beside what else its code consists of. */
function hoistZip(service: ServiceName, operation: string, input: Record<string, unknown>): Record<string, unknown> {
  const holder = service !== 'lambda' ? undefined : operation === 'CreateFunction' ? 'Code' : operation === 'PublishLayerVersion' ? 'Content' : undefined
  if (holder === undefined) return input
  const hoisted: Record<string, unknown> = {}
  for (const [member, value] of Object.entries(input)) {
    if (member !== holder || value === undefined) {
      hoisted[member] = value
      continue
    }
    const { ZipFile, ...rest } = value as Record<string, unknown>
    if (ZipFile !== undefined) hoisted.ZipFile = ZipFile
    if (Object.keys(rest).length > 0) hoisted[member] = rest
  }
  return hoisted
}

function optionText(option: string, schema: NormalizedSchema, member: string, value: unknown, { files, version = 2 }: CliOptions): string {
  if (typeof value === 'boolean') return value ? option : option.replace('--', '--no-')
  if (value instanceof Uint8Array) {
    const text = printable(value)
    if (text === undefined || files?.[member] !== undefined) return `${option} ${quote(`fileb://${files?.[member] ?? `${kebab(member)}.bin`}`)}`
    return `${version === 2 ? '--cli-binary-format raw-in-base64-out ' : ''}${option} ${quote(text)}`
  }
  if (value instanceof Date) return `${option} ${value.toISOString()}`
  if (Array.isArray(value)) {
    const items = schema.getValueSchema()
    if (value.length > 0 && value.every((item) => typeof item === 'string' && !item.startsWith('-') && !PARAMETER_FILE.test(item) && !/^[[{]/.test(item))) {
      return `${option} ${value.map(quote).join(' ')}`
    }
    const short = items.isStructSchema() ? value.map((item) => shorthand(items, item)) : [undefined]
    return short.length === 0 || short.includes(undefined) ? `${option} ${quote(json(value))}` : `${option} ${short.join(' ')}`
  }
  if (typeof value === 'object' && value !== null) return `${option} ${quote(shorthand(schema, value) ?? json(value))}`
  const text = String(value)
  // A leading dash would be taken for an option.
  return text.startsWith('-') ? `${option}=${quote(text)}` : `${option} ${quote(text)}`
}

/** The text of bytes that a shell's single quotes can carry. */
function printable(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return /[\u0000-\u0008\u000b-\u001f]/.test(text) || PARAMETER_FILE.test(text) || text.startsWith('-') ? undefined : text
  } catch {
    return undefined
  }
}

/** Where an answer is bytes, the CLI wants the name of a file for them as its last word. */
function outputFile(output: NormalizedSchema, operation: string): string | undefined {
  if (!output.isStructSchema()) return undefined
  for (const [, member] of output.structIterator()) {
    if (member.isBlobSchema() && member.getMergedTraits().httpPayload) return operation === 'Invoke' ? 'response.json' : `${kebab(operation)}.out`
  }
  return undefined
}
