import { randomUUID } from 'node:crypto'
import { CreateEventSourceMapping$, type CreateEventSourceMappingRequest, type EventSourceMappingConfiguration } from '@aws-sdk/client-lambda'
import { operation, type Call } from '../../../operation'
import type { Sandbox } from '../../../sandbox'
import { scopeOf } from '../../../store'
import { parseQueueArn } from '../../sqs/names'
import { conflict, invalid } from '../errors'
import { changedMapping, describeMapping, functionOf, mappingArn, mappings, type EventSourceMapping } from '../event-source-mappings'
import { lockFunctions, requireFunction, resolveQualifier } from '../functions'
import { functionArn, parseName } from '../names'
import { isStream, newStreamSettings } from '../stream-settings'
import { tagContext } from '../../tag-context'
import { checkTags } from '../tags'

/** Has the messages of a queue, or the records of a stream, go to a function. */
export const createEventSourceMapping = operation<CreateEventSourceMappingRequest, EventSourceMappingConfiguration>(CreateEventSourceMapping$, {
  resource: () => '*',
  context: (call) => ({ 'lambda:FunctionArn': functionArn(nameOf(call)), ...tagContext(call.input.Tags) }),
  async run(call) {
    const { input, sandbox, account, region } = call
    const name = nameOf(call)
    resolveQualifier(await requireFunction(sandbox, name), name)
    const { EventSourceArn: queueArn } = input
    if (queueArn === undefined || !(parseQueueArn(queueArn) || isStream(queueArn))) throw invalid(`The event source ${queueArn ?? '(none)'} is not served by this sandbox: give the ARN of an SQS queue or of a DynamoDB stream.`)
    checkTags(input.Tags ?? {})
    if (queueArn.split(':')[3] !== region) throw invalid('The event source must be in the same region as the function.')
    const uuid = randomUUID()
    if (input.Tags) await call.authorize('lambda:TagResource', mappingArn(call, uuid), tagContext(input.Tags))
    return lockFunctions(sandbox, account, async () => {
      const scope = scopeOf({ account, region })
      const arn = functionArn(name)
      const same = (await sandbox.store.list(mappings, scope)).find(({ value }) => value.queueArn === queueArn && functionArn(functionOf(value)) === arn)
      const source = isStream(queueArn) ? 'event source' : 'SQS'
      if (same) throw conflict(`An event source mapping with ${source} arn (" ${queueArn} ") and function (" ${name.name} ") already exists. Please update or delete the existing mapping with UUID ${same.key}`)
      const { qualifier } = name
      const bare: EventSourceMapping = { uuid, account, region, functionName: name.name, ...(qualifier === undefined ? {} : { qualifier }), queueArn, ...(await ofSource(sandbox, queueArn, input)), isEnabled: true, window: 0, filters: [], reportsFailures: false, tags: input.Tags ?? {}, lastModified: 0 }
      const mapping = await changedMapping(sandbox, bare, input)
      await sandbox.store.put(mappings, scope, mapping.uuid, mapping)
      sandbox.eventSources.follow(mapping)
      return describeMapping(mapping, 'Creating')
    })
  },
})

const BATCH_SIZE = { queue: 10, stream: 100 }

async function ofSource(sandbox: Sandbox, arn: string, input: CreateEventSourceMappingRequest): Promise<Pick<EventSourceMapping, 'batchSize' | 'stream'>> {
  return isStream(arn) ? { batchSize: BATCH_SIZE.stream, stream: await newStreamSettings(sandbox, arn, input) } : { batchSize: BATCH_SIZE.queue }
}

function nameOf(call: Call<CreateEventSourceMappingRequest>) {
  return parseName(call, call.input.FunctionName!)
}
