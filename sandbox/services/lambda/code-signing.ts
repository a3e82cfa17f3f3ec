import { CodeSigningConfigNotFoundException, CodeVerificationFailedException, type CodeSigningConfig, type CodeSigningPolicy } from '@aws-sdk/client-lambda'
import { randomBytes } from 'node:crypto'
import type { Call, Operation } from '../../operation'
import type { Sandbox } from '../../sandbox'
import { collection, scopeOf } from '../../store'
import { resourceTags } from '../tag-context'
import { invalid, notFound } from './errors'
import type { FunctionRecord } from './records'

/** Whose signatures are trusted, and what becomes of code that does not bear one. */
export interface SigningConfig {
  /** `csc-` and 17 letters or digits. */
  id: string
  account: string
  region: string
  description: string
  /** ARNs of signing profile versions. */
  publishers: string[]
  policy: CodeSigningPolicy
  tags: Record<string, string>
  /** ISO 8601. */
  lastModified: string
}

/** Scope: `account/region`; key: the id. */
export const signingConfigs = collection<SigningConfig>('lambda/code-signing-configs')

export function newSigningId(): string {
  return `csc-${Array.from(randomBytes(17), (byte) => (byte % 36).toString(36)).join('')}`
}

export function signingArn({ account, region, id }: Pick<SigningConfig, 'account' | 'region' | 'id'>): string {
  return `arn:aws:lambda:${region}:${account}:code-signing-config:${id}`
}

/** All configs of an account over its regions. */
export function accountSigningConfigs({ store }: Sandbox, account: string): Promise<SigningConfig[]> {
  return store.ofAccount(signingConfigs, account)
}

/** The config behind an ARN of the caller's account and region. @throws InvalidParameterValueException for another region's */
async function findSigningConfig({ store }: Sandbox, place: { account: string; region: string }, arn: string): Promise<SigningConfig | undefined> {
  const [, , , region, , , id = ''] = arn.split(':')
  if (region !== place.region) throw invalid(`Code signing configurations of ${region} are not reachable in this region (${place.region}).`)
  const found = await store.get(signingConfigs, scopeOf(place), id)
  return found && signingArn(found) === arn ? found : undefined
}

/** The config that a call names. @throws ResourceNotFoundException */
export async function requireSigningConfig(call: Call): Promise<SigningConfig> {
  const found = await findSigningConfig(call.sandbox, call, call.input.CodeSigningConfigArn)
  if (!found) throw notFound(`The code signing configuration ${call.input.CodeSigningConfigArn} cannot be found.`)
  return found
}

/** The config that a function is to have. @throws CodeSigningConfigNotFoundException */
export async function grantSigningConfig(call: Call, arn: string): Promise<SigningConfig> {
  const found = await findSigningConfig(call.sandbox, call, arn)
  if (!found) throw noSigningConfig(`The code signing configuration cannot be found. Check that the provided configuration is not deleted: ${arn}.`)
  return found
}

export function noSigningConfig(message: string): CodeSigningConfigNotFoundException {
  return new CodeSigningConfigNotFoundException({ message, Type: 'User', $metadata: {} })
}

/** What IAM decides on for operations on one config. */
export const onSigningConfig: Pick<Operation, 'resource' | 'context'> = {
  resource: ({ input }) => input.CodeSigningConfigArn,
  context: async (call) => resourceTags((await findSigningConfig(call.sandbox, call, call.input.CodeSigningConfigArn))?.tags),
}

/**
 * Lets code, or layers, be deployed. Nothing here can sign, so what is enforced lets nothing through.
 * @throws CodeVerificationFailedException
 */
export function checkSignature(config: SigningConfig | undefined, name: string): void {
  if (config?.policy !== 'Enforce') return
  const message = `Lambda cannot deploy the function. The function or layer might be signed using a signature that the client is not configured to accept. Check the provided signature for ${name}.`
  throw new CodeVerificationFailedException({ message, Type: 'User', $metadata: {} })
}

/** The config of a function, where it has one. */
export async function signingConfigOf(sandbox: Sandbox, record: FunctionRecord): Promise<SigningConfig | undefined> {
  return record.codeSigningConfig === undefined ? undefined : findSigningConfig(sandbox, record, record.codeSigningConfig)
}

/** A config as Lambda tells it. */
export function describeSigningConfig(config: SigningConfig): CodeSigningConfig {
  return {
    CodeSigningConfigId: config.id,
    CodeSigningConfigArn: signingArn(config),
    Description: config.description,
    AllowedPublishers: { SigningProfileVersionArns: config.publishers },
    CodeSigningPolicies: { UntrustedArtifactOnDeployment: config.policy },
    LastModified: config.lastModified,
  }
}
