import { createHash } from 'node:crypto'
import { ResourceAlreadyExistsException, ResourceNotFoundException, type InputLogEvent } from '@aws-sdk/client-cloudwatch-logs'
import type { Sandbox } from '../sandbox'
import { createGroup, createStream, putEvents } from '../services/logs/log-store'

/** Where lines of a stage go. */
export interface LogTarget {
  /** `account/region` */
  scope: string
  group: string
  /** Whether the group is made where it is not there. */
  makesGroup?: boolean
}

/** The stream to which an API writes for a stage. */
export function streamOf(apiId: string, stageName: string): string {
  return createHash('sha256').update(`${apiId}/${stageName}`).digest('hex').slice(0, 32)
}

/** Adds events to a stream, which is made where it is not there. @throws ResourceNotFoundException where the group is not there */
export async function appendToLog(sandbox: Sandbox, { scope, group, makesGroup }: LogTarget, stream: string, events: InputLogEvent[]): Promise<void> {
  const put = () => putEvents(sandbox, scope, group, stream, events)
  await put().catch(async (error) => {
    if (!(error instanceof ResourceNotFoundException)) throw error
    if (makesGroup) await createGroup(sandbox, scope, group).catch(unlessThere)
    await createStream(sandbox, scope, group, stream).catch(unlessThere)
    await put()
  })
}

/** Another request made it meanwhile. */
function unlessThere(error: unknown): void {
  if (!(error instanceof ResourceAlreadyExistsException)) throw error
}
