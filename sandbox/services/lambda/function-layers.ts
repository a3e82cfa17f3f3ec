import { randomUUID } from 'node:crypto'
import { copyFile, link, lstat, mkdir, readdir, readFile, readlink, rename, rm, symlink } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { authorize } from '../../authorize'
import type { Call } from '../../operation'
import type { Sandbox } from '../../sandbox'
import { globalContext } from '../iam/global-context'
import { codeDir, codeRoot, storeCode, UNFINISHED } from './code'
import { folderSize } from './engine/folder-size'
import { invalid } from './errors'
import { mergedName } from './layer-records'
import { findLayer, layerPolicy, layerVersionArn, parseLayer, type LayerName } from './layers'
import type { Code, FunctionLayer } from './records'
import { LARGEST_UNZIPPED } from './unzip'

/** Lambda quotas, "Layers per function". */
const MOST_LAYERS = 5

/** A layer version that a function may use, and whose it is. */
export interface GrantedLayer extends FunctionLayer {
  owner: string
}

/** Condition keys of a call that gives a function layers. */
export function layerContext(arns: string[] | undefined): Record<string, string[]> {
  return arns?.length ? { 'lambda:Layer': arns } : {}
}

/**
 * Finds the layers a function asks for, in order, and sees to it that the caller may use them.
 * @throws InvalidParameterValueException, AccessDeniedException without lambda:GetLayerVersion, which another account's layer must grant itself
 */
export async function grantLayers(call: Call, arns: string[]): Promise<GrantedLayer[]> {
  if (arns.length > MOST_LAYERS) throw invalid(`Cannot reference more than ${MOST_LAYERS} layers.`)
  const names = arns.map((arn) => arn.split(':').slice(0, 7).join(':'))
  if (new Set(names).size < names.length) throw invalid('Two different versions of the same layer are not allowed to be referenced in the same function.')
  const granted: GrantedLayer[] = []
  for (const arn of arns) granted.push(await grantLayer(call, parseLayer(call, arn), Number(arn.split(':')[7])))
  return granted
}

async function grantLayer(call: Call, layer: LayerName, number: number): Promise<GrantedLayer> {
  const { sandbox, principal } = call
  const arn = layerVersionArn(layer, number)
  const version = (await findLayer(sandbox, layer))?.versions[number]
  await authorize(sandbox, {
    principal,
    action: 'lambda:GetLayerVersion',
    resource: arn,
    resourceAccount: layer.account,
    context: globalContext(sandbox, call, arn),
    resourcePolicy: layerPolicy(version),
  })
  if (!version) throw notThere(arn)
  return { arn, code: version.code, owner: layer.account }
}

const notThere = (arn: string) => invalid(`Layer version ${arn} does not exist.`)

/**
 * Readies layers for a function of this account: keeps a copy of those of other accounts, so that it runs on when their owner
 * deletes them, and lays them over one another. To be called within lockFunctions.
 * @throws InvalidParameterValueException where code and layers are too large together
 */
export async function placeLayers(sandbox: Sandbox, account: string, code: Code, granted: GrantedLayer[]): Promise<FunctionLayer[]> {
  for (const { arn, owner, code: { hash } } of granted) {
    // It may have been deleted since it was granted.
    if (!existsSync(join(codeRoot(sandbox, owner), hash))) throw notThere(arn)
    if (owner !== account) await storeCode(sandbox, account, await readFile(join(codeRoot(sandbox, owner), hash, 'zip')))
  }
  const placed = granted.map(({ arn, code }) => ({ arn, code }))
  await checkTotal(sandbox, account, code, placed)
  if (placed.length > 1) await merge(sandbox, account, placed)
  return placed
}

/** @throws InvalidParameterValueException where code and layers are too large together */
export async function checkTotal(sandbox: Sandbox, account: string, code: Code, layers: FunctionLayer[]): Promise<void> {
  if (layers.length === 0) return
  const sizes = await Promise.all([code, ...layers.map((layer) => layer.code)].map((each) => folderSize(codeDir(sandbox, account, each))))
  const total = sizes.reduce((sum, size) => sum + size, 0)
  if (total > LARGEST_UNZIPPED) throw invalid(`Function code combined with layers exceeds the maximum allowed size of ${LARGEST_UNZIPPED} bytes. The actual size is ${total} bytes.`)
}

/** The folder that a function sees as /opt; undefined where it has no layers. */
export function layersDir(sandbox: Sandbox, account: string, layers: FunctionLayer[] | undefined): string | undefined {
  if (!layers?.length) return undefined
  return layers.length === 1 ? codeDir(sandbox, account, layers[0]!.code) : join(codeRoot(sandbox, account), mergedName(layers), 'files')
}

/** Lays layers over one another: the files of a later one replace those of an earlier one. Files are linked, so they take no space. */
async function merge(sandbox: Sandbox, account: string, layers: FunctionLayer[]): Promise<void> {
  const folder = join(codeRoot(sandbox, account), mergedName(layers))
  if (existsSync(folder)) return
  const aside = join(codeRoot(sandbox, account), UNFINISHED + randomUUID())
  try {
    await mkdir(join(aside, 'files'), { recursive: true })
    for (const { code } of layers) await layOver(codeDir(sandbox, account, code), join(aside, 'files'))
    await rename(aside, folder)
  } catch (error) {
    await rm(aside, { recursive: true, force: true })
    throw error
  }
}

async function layOver(from: string, onto: string): Promise<void> {
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(onto, entry.name)]
    const below = await lstat(target).catch(() => undefined)
    // What is replaced goes first: nothing is ever written through a link of an earlier layer.
    if (below && !(below.isDirectory() && entry.isDirectory())) await rm(target, { recursive: true })
    if (entry.isDirectory()) {
      await mkdir(target, { recursive: true })
      await layOver(source, target)
    } else if (entry.isSymbolicLink()) await symlink(await readlink(source), target)
    else await link(source, target).catch(() => copyFile(source, target))
  }
}
