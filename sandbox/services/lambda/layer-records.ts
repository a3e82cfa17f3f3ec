import { createHash } from 'node:crypto'
import type { Architecture, Runtime } from '@aws-sdk/client-lambda'
import { collection } from '../../store'
import type { Sandbox } from '../../sandbox'
import type { Code, FunctionLayer, PolicyStatement } from './records'

/** One published version of a layer; nothing of it but its policy ever changes. */
export interface LayerVersion {
  version: number
  description: string
  /** ISO 8601. */
  createdAt: string
  code: Code
  runtimes?: Runtime[]
  architectures?: Architecture[]
  license?: string
  policy?: { revisionId: string; statements: PolicyStatement[] }
}

/** A layer with all its versions. It stays when its versions are deleted, so that no number is given twice. */
export interface LayerRecord {
  name: string
  account: string
  region: string
  lastVersion: number
  versions: Record<string, LayerVersion>
}

/** Scope: `account/region`; key: the layer's name. */
export const layers = collection<LayerRecord>('lambda/layers')

/** All layers of an account over its regions. */
export function accountLayers({ store }: Sandbox, account: string): Promise<LayerRecord[]> {
  return store.ofAccount(layers, account)
}

/** A layer's versions, the newest first. */
export function newestFirst(record: LayerRecord): LayerVersion[] {
  return Object.values(record.versions).sort((a, b) => b.version - a.version)
}

/** Under which name several layers lie over one another beside the code of an account. */
export function mergedName(layers: FunctionLayer[]): string {
  return `opt-${createHash('sha256').update(layers.map(({ code }) => code.hash).join()).digest('hex')}`
}
