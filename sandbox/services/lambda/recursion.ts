import { RecursiveInvocationException } from '@aws-sdk/client-lambda'
import { createHash, randomBytes } from 'node:crypto'
import { unqualifiedArn } from './names'
import type { FunctionRecord, Settings } from './records'

/** How often a function may run in one chain of requests (Lambda developer guide, "Use Lambda recursive loop detection to prevent infinite loops"). */
const MOST_RUNS = 16
/** Functions of a chain that are counted; longer headers are cut. */
const MOST_COUNTED = 32

/** @throws RecursiveInvocationException where the function has run too often in the chain that the header tells, and may not recur */
export function checkRecursion(record: FunctionRecord, trace: string | undefined): void {
  if (record.mayRecur || runsOf(record, trace) < MOST_RUNS) return
  const message = "Lambda has detected your function being invoked in a recursive loop with other Amazon Web Services resources and stopped your function's invocation."
  throw new RecursiveInvocationException({ message, Type: 'User', $metadata: {} })
}

/**
 * The trace header (`X-Amzn-Trace-Id`) that a function hands on. SDKs inside handlers send it with every call, so that it goes
 * through queues and topics to the next invocation. Its `Lineage` counts the runs of each function of the chain,
 * `hash:count|hash:count` (X-Ray developer guide, "Tracing header").
 * @param before the header that came with the event
 * @param now epoch ms
 */
export function nextTrace(record: FunctionRecord, before: string | undefined, { isTraced }: Pick<Settings, 'isTraced'>, now: number): string {
  const [, root = newRoot(now)] = /(?:^|;)Root=(1-[0-9a-f]{8}-[0-9a-f]{24})(?:;|$)/.exec(before ?? '') ?? []
  const isSampled = isTraced || /(?:^|;)Sampled=1(?:;|$)/.test(before ?? '')
  const lineage = lineageOf(before)
  const own = hashOf(record)
  const runs = (lineage.get(own) ?? 0) + 1
  lineage.delete(own)
  const counted = [...lineage].slice(1 - MOST_COUNTED).concat([[own, runs]])
  return `Root=${root};Parent=${randomBytes(8).toString('hex')};Sampled=${isSampled ? 1 : 0};Lineage=${counted.map(([hash, count]) => `${hash}:${count}`).join('|')}`
}

function newRoot(now: number): string {
  return `1-${Math.floor(now / 1000).toString(16).padStart(8, '0')}-${randomBytes(12).toString('hex')}`
}

/** Of the headers of a batch, the one by whose chain the function ran most often. */
export function longestTrace(record: FunctionRecord, headers: (string | undefined)[]): string | undefined {
  return headers.reduce((longest, header) => (longest === undefined || runsOf(record, header) > runsOf(record, longest) ? header : longest), undefined)
}

function runsOf(record: FunctionRecord, trace: string | undefined): number {
  return lineageOf(trace).get(hashOf(record)) ?? 0
}

function lineageOf(header: string | undefined): Map<string, number> {
  const [, text = ''] = /(?:^|;)Lineage=([0-9a-f:|]*)/.exec(header ?? '') ?? []
  return new Map(text.split('|').flatMap((entry): [string, number][] => (/^[0-9a-f]{8}:\d{1,9}$/.test(entry) ? [[entry.slice(0, 8), Number(entry.slice(9))]] : [])))
}

function hashOf(record: FunctionRecord): string {
  return createHash('sha256').update(unqualifiedArn(record)).digest('hex').slice(0, 8)
}
