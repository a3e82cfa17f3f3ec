import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { GetFunctionCommand, InvokeCommand } from '@aws-sdk/client-lambda'
import { unzipSync } from 'fflate'
import { z } from 'zod'
import { deniedSince } from '@/components/lab/explain-error'
import { invokeView } from '@/components/lab/send-action'
import { logGroup } from '@/lib/lab/account'
import { call } from './call'
import { jsonText, optionalText } from './fields'

/** The most of a package that is fetched, and of a file in it that is shown, in bytes. */
const PACKAGE_LIMIT = 10_000_000
const FILE_LIMIT = 200_000
const FILES_LIMIT = 500
const FETCH_MS = 15_000

/** A file of a function's package; without text where it is not text or too large to show. */
export interface CodeFile {
  path: string
  size: number
  text?: string
}

const named = { name: z.string().min(1), qualifier: optionalText }

export const lambdaCalls = {
  'lambda.invoke': call({
    input: z.object({ ...named, event: jsonText, type: z.enum(['RequestResponse', 'Event', 'DryRun']) }),
    service: 'lambda',
    command: ({ name, qualifier, event, type }) =>
      new InvokeCommand({
        FunctionName: name,
        ...(qualifier !== undefined && { Qualifier: qualifier }),
        ...(type === 'RequestResponse' ? { LogType: 'Tail' as const } : { InvocationType: type }),
        Payload: Buffer.from(event),
      }),
    answer: async (output, { name }, { cloud, accountId, at }) => ({ invoke: await invokeView(output, { FunctionName: name }, at, () => deniedSince(cloud, accountId, at)) }),
  }),

  'lambda.code': call({
    input: z.object(named),
    service: 'lambda',
    command: ({ name, qualifier }) => new GetFunctionCommand({ FunctionName: name, ...(qualifier !== undefined && { Qualifier: qualifier }) }),
    async answer({ Code, Configuration }): Promise<{ files?: CodeFile[]; tooLarge?: number; notFetched?: true }> {
      const size = Configuration?.CodeSize ?? 0
      if (size > PACKAGE_LIMIT) return { tooLarge: size }
      const response = Code?.Location ? await fetch(Code.Location, { cache: 'no-store', signal: AbortSignal.timeout(FETCH_MS) }).catch(() => undefined) : undefined
      if (!response?.ok) return { notFetched: true }
      return { files: filesOf(new Uint8Array(await response.arrayBuffer())) }
    },
  }),

  'lambda.log': call({
    input: z.object({ name: z.string().min(1), requestId: z.uuid(), at: z.number() }),
    service: 'logs',
    command: ({ name, requestId, at }) =>
      new FilterLogEventsCommand({ logGroupName: logGroup(name), filterPattern: `"${requestId}"`, startTime: at - 16 * 60_000, endTime: at + 60_000, limit: 200 }),
    answer: ({ events = [] }) => ({ log: events.map(({ message = '' }) => message.trimEnd()).join('\n') }),
  }),
}

/** The files of a zip. Only what will be shown is unpacked, so a package that claims to be huge costs nothing. */
function filesOf(zip: Uint8Array): CodeFile[] {
  const files: CodeFile[] = []
  const unpacked = unzipSync(zip, {
    filter({ name, originalSize }) {
      if (name.endsWith('/') || files.length >= FILES_LIMIT) return false
      files.push({ path: name, size: originalSize })
      return originalSize <= FILE_LIMIT
    },
  })
  return files
    .map((file) => {
      const bytes = unpacked[file.path]
      const text = bytes && textOf(bytes)
      return text === undefined ? file : { ...file, text }
    })
    .sort((a, b) => a.path.localeCompare(b.path))
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}
