import type { AliasConfiguration, FunctionConfiguration, Runtime } from '@aws-sdk/client-lambda'
import { codeSha256 } from './code'
import { unqualifiedArn } from './names'
import type { Alias, FunctionRecord, FunctionVersion } from './records'
import { describeTold } from './told-settings'

/**
 * A version's configuration as Lambda tells it.
 * @param qualifier ends the ARN where the caller named one
 */
export function describe(record: FunctionRecord, version: FunctionVersion, qualifier?: string): FunctionConfiguration {
  return {
    ...describeForList(record, version, qualifier),
    State: 'Active',
    LastUpdateStatus: 'Successful',
    RuntimeVersionConfig: { RuntimeVersionArn: `arn:aws:lambda:${record.region}::runtime:${version.settings.runtime}` },
  }
}

/** The same without state, as lists have it. */
export function describeForList(record: FunctionRecord, version: FunctionVersion, qualifier?: string): FunctionConfiguration {
  const { settings, code } = version
  const arn = unqualifiedArn(record)
  return {
    FunctionName: record.name,
    FunctionArn: qualifier === undefined ? arn : `${arn}:${qualifier}`,
    Runtime: settings.runtime as Runtime,
    Role: settings.role,
    Handler: settings.handler,
    CodeSize: code.size,
    Description: settings.description,
    Timeout: settings.timeout,
    MemorySize: settings.memorySize,
    LastModified: version.lastModified.replace('Z', '+0000'),
    CodeSha256: codeSha256(code),
    Version: version.version,
    Environment: Object.keys(settings.environment).length > 0 ? { Variables: settings.environment } : undefined,
    DeadLetterConfig: settings.deadLetterTarget === undefined ? undefined : { TargetArn: settings.deadLetterTarget },
    RevisionId: version.revisionId,
    PackageType: 'Zip',
    Architectures: [settings.architecture],
    EphemeralStorage: { Size: settings.ephemeralStorage },
    ...describeTold(record, version),
    LoggingConfig: settings.logging,
    Layers: settings.layers?.map(({ arn, code }) => ({ Arn: arn, CodeSize: code.size })),
  }
}

export function describeAlias(record: FunctionRecord, alias: Alias): AliasConfiguration {
  return {
    AliasArn: `${unqualifiedArn(record)}:${alias.name}`,
    Name: alias.name,
    FunctionVersion: alias.version,
    Description: alias.description,
    RoutingConfig: alias.weights ? { AdditionalVersionWeights: alias.weights } : undefined,
    RevisionId: alias.revisionId,
  }
}
