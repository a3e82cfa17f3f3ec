import type { FunctionEventInvokeConfig, PutFunctionEventInvokeConfigRequest } from '@aws-sdk/client-lambda'
import { collection, scopeOf } from '../../store'
import type { Call } from '../../operation'
import type { Sandbox } from '../../sandbox'
import { checkDestination } from './destinations'
import { invalid, notFound } from './errors'
import { requireFunction, resolveQualifier } from './functions'
import { functionArn, type FunctionName } from './names'
import { named } from './on-function'

/** How asynchronous invocations of a function, version or alias are treated. */
export interface EventInvokeConfig {
  qualifier: string
  retryAttempts?: number
  /** Seconds. */
  maximumAge?: number
  onSuccess?: string
  onFailure?: string
  /** Epoch ms. */
  lastModified: number
}

/** Scope: `account/region`; key: `name:qualifier`, the function itself as $LATEST. */
export const eventInvokeConfigs = collection<EventInvokeConfig>('lambda/event-invoke')

/** A config's place; without a qualifier the function itself. */
export function configName(name: FunctionName): FunctionName & { qualifier: string } {
  return { ...name, qualifier: name.qualifier ?? '$LATEST' }
}

export function findConfig(sandbox: Sandbox, name: FunctionName): Promise<EventInvokeConfig | undefined> {
  const { account, region, qualifier } = configName(name)
  return sandbox.store.get(eventInvokeConfigs, scopeOf({ account, region }), `${name.name}:${qualifier}`)
}

/** @throws ResourceNotFoundException where the function, or its config, is not there */
export async function requireConfig(call: Call): Promise<{ name: FunctionName; config: EventInvokeConfig }> {
  const name = configName(named(call))
  resolveQualifier(await requireFunction(call.sandbox, name), name)
  const config = await findConfig(call.sandbox, name)
  if (!config) throw notFound(`The function ${functionArn(name)} doesn't have an EventInvokeConfig`)
  return { name, config }
}

/** Writes a config of what is given, over `before` where that is to stay. @throws InvalidParameterValueException, ResourceNotFoundException */
export async function saveConfig(call: Call<PutFunctionEventInvokeConfigRequest>, before: Partial<EventInvokeConfig>): Promise<FunctionEventInvokeConfig> {
  const { input, sandbox } = call
  const name = configName(named(call))
  const { version } = resolveQualifier(await requireFunction(sandbox, name), name)
  const { MaximumRetryAttempts, MaximumEventAgeInSeconds, DestinationConfig } = input
  if ((MaximumRetryAttempts ?? MaximumEventAgeInSeconds ?? DestinationConfig) === undefined) throw invalid('You must specify at least one of error handling or destination setting.')
  const acting = { account: name.account, region: name.region, functionName: name.name, roleArn: version.settings.role }
  const given = [DestinationConfig?.OnSuccess?.Destination, DestinationConfig?.OnFailure?.Destination]
  for (const [i, arn] of given.entries()) if (arn) await checkDestination(sandbox, acting, arn, i === 0)
  const config: EventInvokeConfig = {
    ...before,
    ...(MaximumRetryAttempts === undefined ? {} : { retryAttempts: MaximumRetryAttempts }),
    ...(MaximumEventAgeInSeconds === undefined ? {} : { maximumAge: MaximumEventAgeInSeconds }),
    // An empty destination takes the one before away.
    ...(given[0] === undefined ? {} : { onSuccess: given[0] }),
    ...(given[1] === undefined ? {} : { onFailure: given[1] }),
    qualifier: name.qualifier,
    lastModified: sandbox.now(),
  }
  await sandbox.store.put(eventInvokeConfigs, scopeOf(name), `${name.name}:${name.qualifier}`, config)
  return describeConfig(name, config)
}

export function describeConfig(name: FunctionName, { qualifier, retryAttempts, maximumAge, onSuccess, onFailure, lastModified }: EventInvokeConfig): FunctionEventInvokeConfig {
  return {
    LastModified: new Date(lastModified),
    FunctionArn: functionArn({ ...name, qualifier }),
    MaximumRetryAttempts: retryAttempts,
    MaximumEventAgeInSeconds: maximumAge,
    DestinationConfig: { OnSuccess: onSuccess ? { Destination: onSuccess } : {}, OnFailure: onFailure ? { Destination: onFailure } : {} },
  }
}
