import type { GetLayerVersionResponse, LayerVersionsListItem } from '@aws-sdk/client-lambda'
import type { Call, Operation } from '../../operation'
import type { Sandbox } from '../../sandbox'
import { scopeOf } from '../../store'
import { codeLocation, codeSha256 } from './code'
import { invalid, notFound } from './errors'
import { lockFunctions } from './functions'
import { layers, type LayerRecord, type LayerVersion } from './layer-records'

/** A layer as a caller names it. */
export interface LayerName {
  account: string
  region: string
  name: string
}

/** Reads a layer's name: plain, ARN, or ARN with a version, which is dropped. @throws InvalidParameterValueException for another region's */
export function parseLayer(place: { account: string; region: string }, given: string): LayerName {
  if (!given.startsWith('arn:')) return { account: place.account, region: place.region, name: given }
  const [, , , region = '', account = '', , name = ''] = given.split(':')
  if (region !== place.region) throw invalid(`Layers of ${region} are not reachable in this region (${place.region}).`)
  return { account, region, name }
}

export function layerArn({ account, region, name }: LayerName): string {
  return `arn:aws:lambda:${region}:${account}:layer:${name}`
}

export function layerVersionArn(layer: LayerName, version: number): string {
  return `${layerArn(layer)}:${version}`
}

export function findLayer({ store }: Sandbox, layer: LayerName): Promise<LayerRecord | undefined> {
  return store.get(layers, scopeOf(layer), layer.name)
}

/** @throws ResourceNotFoundException */
export async function requireLayerVersion(sandbox: Sandbox, layer: LayerName, version: number): Promise<LayerVersion> {
  return versionOf(await findLayer(sandbox, layer), version)
}

/** @throws ResourceNotFoundException */
export function versionOf(record: LayerRecord | undefined, version: number): LayerVersion {
  const found = record?.versions[version]
  if (!found) throw notFound('The resource you requested does not exist.')
  return found
}

/** Changes a layer, or makes it: `change` gets a copy to alter, which is then written. Code that it names is safe meanwhile. */
export function changeLayer<T>(sandbox: Sandbox, layer: LayerName, change: (record: LayerRecord) => T | Promise<T>): Promise<T> {
  return lockFunctions(sandbox, layer.account, async () => {
    const record = (await findLayer(sandbox, layer)) ?? { ...layer, lastVersion: 0, versions: {} }
    const result = await change(record)
    await sandbox.store.put(layers, scopeOf(layer), layer.name, record)
    return result
  })
}

/** The policy document of a layer version; undefined where it has none. */
export function layerPolicy(version: LayerVersion | undefined): { Version: string; Id: string; Statement: object[] } | undefined {
  return version?.policy && { Version: '2012-10-17', Id: 'default', Statement: version.policy.statements }
}

/** The layer and version number that a call names. */
export function namedLayerVersion(call: Call): { layer: LayerName; version: number } {
  const { LayerName, VersionNumber, Arn } = call.input
  const layer = parseLayer(call, LayerName ?? Arn)
  return { layer, version: VersionNumber ?? Number(Arn.split(':')[7]) }
}

/** What IAM decides on for operations on one version: its ARN and its own policy. */
export const onLayerVersion: Pick<Operation, 'resource' | 'resourcePolicy'> = {
  resource(call) {
    const { layer, version } = namedLayerVersion(call)
    return layerVersionArn(layer, version)
  },
  async resourcePolicy(call) {
    const { layer, version } = namedLayerVersion(call)
    return layerPolicy((await findLayer(call.sandbox, layer))?.versions[version])
  },
}

/** A version as the lists have it. */
export function describeLayerForList(layer: LayerName, version: LayerVersion): LayerVersionsListItem {
  return {
    LayerVersionArn: layerVersionArn(layer, version.version),
    Version: version.version,
    Description: version.description,
    CreatedDate: version.createdAt.replace('Z', '+0000'),
    CompatibleRuntimes: version.runtimes,
    CompatibleArchitectures: version.architectures,
    LicenseInfo: version.license,
  }
}

/** A version with the link to its zip. */
export function describeLayer(sandbox: Sandbox, layer: LayerName, version: LayerVersion): GetLayerVersionResponse {
  const { code } = version
  return {
    ...describeLayerForList(layer, version),
    LayerArn: layerArn(layer),
    Content: { Location: codeLocation(sandbox, layer.account, code), CodeSha256: codeSha256(code), CodeSize: code.size },
  }
}

/** Whether a version is meant for what a list asks for. A version that names nothing fits no question. */
export function isCompatible(version: LayerVersion, { CompatibleRuntime, CompatibleArchitecture }: { CompatibleRuntime?: string | undefined; CompatibleArchitecture?: string | undefined }): boolean {
  const holds = (list: string[] | undefined, wanted: string | undefined) => wanted === undefined || (list ?? []).includes(wanted)
  return holds(version.runtimes, CompatibleRuntime) && holds(version.architectures, CompatibleArchitecture)
}
