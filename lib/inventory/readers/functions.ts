import { paginateListCodeSigningConfigs, paginateListEventSourceMappings, paginateListFunctionEventInvokeConfigs, paginateListFunctions, paginateListLayers } from '@aws-sdk/client-lambda'
import type { Look } from '../look'

/** Functions with what they use and where their results go, event source mappings, layers, code signing configurations. */
export async function readFunctions(look: Look): Promise<void> {
  const client = look.clients.lambda
  const service = 'lambda'
  await Promise.all([
    look.all(service, () => paginateListFunctions({ client }, {}), ({ Functions }) => Functions).then((functions) =>
      Promise.all(
        functions.map(async (one) => {
          const { FunctionArn: arn, FunctionName: name = '', Runtime: runtime, MemorySize: memory, Timeout: timeout, Handler: handler, LastModified, State: state } = one
          look.add({ arn, service, kind: 'function', name, state: state ?? 'Active', createdAt: iso(LastModified), facts: { runtime, handler, memory, timeout, codeSize: one.CodeSize, role: one.Role } })
          look.link(arn, one.Role, 'runsAs')
          look.link(arn, one.DeadLetterConfig?.TargetArn, 'deadLetter')
          look.link(arn, `arn:aws:logs:${look.region}:${look.accountId}:log-group:${one.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`}`, 'logs')
          for (const { Arn = '' } of one.Layers ?? []) look.link(arn, Arn.replace(/:\d+$/, ''), 'uses')
          const configs = await look.all(service, () => paginateListFunctionEventInvokeConfigs({ client }, { FunctionName: name }), (page) => page.FunctionEventInvokeConfigs)
          for (const { DestinationConfig } of configs) {
            look.link(arn, DestinationConfig?.OnSuccess?.Destination, 'destination')
            look.link(arn, DestinationConfig?.OnFailure?.Destination, 'destination')
          }
        }),
      ),
    ),
    look.all(service, () => paginateListEventSourceMappings({ client }, {}), (page) => page.EventSourceMappings).then((mappings) => {
      for (const { UUID = '', EventSourceMappingArn, EventSourceArn: source, FunctionArn: target, State: state, BatchSize: batchSize, LastModified } of mappings) {
        const arn = EventSourceMappingArn ?? `arn:aws:lambda:${look.region}:${look.accountId}:event-source-mapping:${UUID}`
        const name = `${source?.split(':').pop() ?? '?'} → ${target?.split(':')[6] ?? '?'}`
        look.add({ arn, service, kind: 'event-source-mapping', name, state, createdAt: iso(LastModified), facts: { source, target, batchSize } })
        look.link(source?.replace(/\/stream\/.*$/, ''), target, 'triggers')
        look.link(arn, target, 'triggers')
      }
    }),
    look.all(service, () => paginateListLayers({ client }, {}), ({ Layers }) => Layers).then((layers) => {
      for (const { LayerArn: arn, LayerName: name = '', LatestMatchingVersion: newest } of layers) {
        look.add({ arn, service, kind: 'layer', name, createdAt: iso(newest?.CreatedDate), facts: { version: newest?.Version, runtimes: newest?.CompatibleRuntimes?.join(', ') } })
      }
    }),
    look.all(service, () => paginateListCodeSigningConfigs({ client }, {}), (page) => page.CodeSigningConfigs).then((configs) => {
      for (const { CodeSigningConfigArn: arn, CodeSigningConfigId: name = '', Description: description } of configs) look.add({ arn, service, kind: 'code-signing-config', name, facts: { description } })
    }),
  ])
}

/** AWS writes the zone without a colon there: `2026-11-24T07:25:27.000+0000`. */
function iso(at: string | Date | undefined): string | undefined {
  return at === undefined ? undefined : new Date(typeof at === 'string' ? at.replace(/\+0000$/, 'Z') : at).toISOString()
}
