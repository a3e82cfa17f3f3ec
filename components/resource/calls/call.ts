import type { Command } from '@smithy/types'
import type { z } from 'zod'
import type { Viewer } from '@/lib/auth'
import type { Cloud, CloudClients, ServiceName } from '@/lib/cloud'

/** Who calls, where. */
export interface CallContext {
  viewer: Viewer
  accountId: string
  cloud: Cloud
  /** The learner's own. */
  clients: CloudClients
}

/**
 * Something that a view of a resource does in AWS: a form's schema, the one command that it sends, and what the page
 * gets of the answer. The command is also its AWS CLI twin, so the two never disagree.
 */
export interface Call<Schema extends z.ZodType = z.ZodType<any>, Output extends object = any, Answer extends object = object, Before = any> {
  input: Schema
  service: ServiceName
  command(input: z.output<Schema>, context: Pick<CallContext, 'accountId'>): Command<any, any, any, Output, any>
  /** Names of files that the CLI twin reads bytes from, by member. */
  files?: Record<string, string>
  /** Reads what the answer will need and the command destroys. */
  before?(input: z.output<Schema>, context: CallContext): Promise<Before>
  /** What the page gets. */
  answer(output: Output, input: z.output<Schema>, context: CallContext & { at: Date; before: Before }): Answer | Promise<Answer>
}

/** Declares a call; its types come from its schema and its command. */
export function call<Schema extends z.ZodType, Output extends object, Answer extends object, Before = undefined>(one: Call<Schema, Output, Answer, Before>): Call<Schema, Output, Answer, Before> {
  return one
}
