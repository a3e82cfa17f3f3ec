import type { Cors, FunctionUrlConfig } from '@aws-sdk/client-lambda'
import { ALL } from '../../credentials'
import type { Call, Operation } from '../../operation'
import type { Sandbox } from '../../sandbox'
import { collection, scopeOf } from '../../store'
import { invalid, notFound } from './errors'
import { requireFunction, resolveQualifier } from './functions'
import { functionArn, type FunctionName } from './names'
import { named, onQualified } from './on-function'

/** The address under which a function, or an alias of it, answers HTTP. */
export interface FunctionUrl {
  urlId: string
  authType: 'NONE' | 'AWS_IAM'
  cors?: Cors
  /** The answer goes out as the function writes it. */
  streams?: boolean
  /** Epoch ms. */
  createdAt: number
  modifiedAt: number
}

/** Scope: `account/region`; key: `name:qualifier`, the function itself as $LATEST. */
export const functionUrls = collection<FunctionUrl>('lambda/function-urls')
/** Whose an id is, in scope {@link ALL}: a request names nothing else. */
export const urlOwners = collection<FunctionName>('lambda/function-url-owners')

export function urlKey({ name, qualifier }: FunctionName): string {
  return `${name}:${qualifier ?? '$LATEST'}`
}

/** The function or alias that a call names. @throws InvalidParameterValueException for a version, ResourceNotFoundException */
export async function addressable(call: Call): Promise<FunctionName> {
  const name = named(call)
  if (name.qualifier !== undefined && /^(\d+|\$LATEST)$/.test(name.qualifier)) throw invalid('Function URLs can be made for a function without a qualifier, or for an alias.')
  resolveQualifier(await requireFunction(call.sandbox, name), name)
  return name
}

export function findUrl(sandbox: Sandbox, name: FunctionName): Promise<FunctionUrl | undefined> {
  return sandbox.store.get(functionUrls, scopeOf(name), urlKey(name))
}

/** @throws ResourceNotFoundException */
export async function requireUrl(call: Call): Promise<{ name: FunctionName; url: FunctionUrl }> {
  const name = await addressable(call)
  const url = await findUrl(call.sandbox, name)
  if (!url) throw notFound('The resource you requested does not exist.')
  return { name, url }
}

/** What IAM decides on for the operations on one URL. */
export const onUrl: Pick<Operation, 'resource' | 'context' | 'resourcePolicy'> = {
  ...onQualified,
  async context(call): Promise<Record<string, string | string[]>> {
    const authType = call.input.AuthType ?? (await findUrl(call.sandbox, named(call)))?.authType
    return { ...(await onQualified.context!(call)), ...(authType === undefined ? {} : { 'lambda:FunctionUrlAuthType': authType }) }
  },
}

/** The host of a URL, without the port. */
export function urlHost(urlId: string, region: string): string {
  return `${urlId}.lambda-url.${region}.localhost`
}

/** A URL as Lambda tells it. */
export function describeUrl(sandbox: Sandbox, name: FunctionName, url: FunctionUrl): FunctionUrlConfig {
  const { port } = new URL(sandbox.url())
  return {
    FunctionUrl: `http://${urlHost(url.urlId, name.region)}:${port}/`,
    FunctionArn: functionArn(name),
    AuthType: url.authType,
    Cors: url.cors,
    CreationTime: new Date(url.createdAt).toISOString(),
    LastModifiedTime: new Date(url.modifiedAt).toISOString(),
    InvokeMode: url.streams ? 'RESPONSE_STREAM' : 'BUFFERED',
  }
}

/** Whose URL an id is; undefined where it is nobody's any more. */
export async function ownerOf(sandbox: Sandbox, urlId: string): Promise<{ name: FunctionName; url: FunctionUrl } | undefined> {
  const name = await sandbox.store.get(urlOwners, ALL, urlId)
  const url = name && (await findUrl(sandbox, name))
  return name && url?.urlId === urlId ? { name, url } : undefined
}
