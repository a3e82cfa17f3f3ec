import { readdirSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import {
  AddLayerVersionPermissionCommand, DeleteLayerVersionCommand, GetFunctionConfigurationCommand, GetLayerVersionByArnCommand, GetLayerVersionCommand, GetLayerVersionPolicyCommand,
  InvokeCommand, LambdaClient, ListLayersCommand, ListLayerVersionsCommand, PublishLayerVersionCommand, RemoveLayerVersionPermissionCommand, UpdateFunctionConfigurationCommand,
  type CreateFunctionRequest, type PublishLayerVersionRequest,
} from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { functionMaker, handlerZip, makeRole, zipOf } from './testing'

const esm = (code: string) => zipOf({ 'index.mjs': code })
const greeting = (text: string, more: Record<string, string> = {}) =>
  zipOf({ 'nodejs/node_modules/greeting/index.js': `module.exports = ${JSON.stringify(text)}`, 'nodejs/node_modules/greeting/package.json': '{"main":"index.js"}', ...more })

describe.each(['auto', 'none'] as const)('layers (isolation %s)', (isolation) => {
  let sandbox: TestSandbox
  let lambda: LambdaClient
  let create: ReturnType<typeof functionMaker>
  let count = 0
  beforeAll(async () => {
    sandbox = await startTestSandbox({ isolation })
    lambda = new LambdaClient(sandbox.learner)
    create = functionMaker(lambda, await makeRole(sandbox.learner, 'r'))
  })
  afterAll(() => sandbox.remove())

  const publish = (LayerName: string, ZipFile: Uint8Array, more: Partial<PublishLayerVersionRequest> = {}, client = lambda) => client.send(new PublishLayerVersionCommand({ LayerName, Content: { ZipFile }, ...more }))
  const run = async (FunctionName: string, event: unknown = {}) => {
    const { Payload, FunctionError } = await lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }))
    return FunctionError ? { FunctionError, ...JSON.parse(Payload!.transformToString()) } : JSON.parse(Payload!.transformToString())
  }
  const withLayers = async (zip: Uint8Array, Layers: string[], more: Partial<CreateFunctionRequest> = {}) => {
    const name = `layered${(count += 1)}`
    await create(name, { zip, Layers, ...more })
    return name
  }

  it('gives a function the packages of its layer, by require and by import', async () => {
    const { LayerVersionArn, Version, Content } = await publish('greeting', greeting('hello'), { Description: 'greets', CompatibleRuntimes: ['nodejs22.x'], LicenseInfo: 'MIT' })
    expect(LayerVersionArn).toBe(`arn:aws:lambda:us-east-1:${sandbox.accountId}:layer:greeting:1`)
    expect(Version).toBe(1)
    expect(Content!.CodeSize).toBe(greeting('hello').length)
    const cjs = await withLayers(handlerZip("async () => require('greeting')"), [LayerVersionArn!])
    expect(await run(cjs)).toBe('hello')
    const imported = await withLayers(esm("import greeting from 'greeting'\nimport { STSClient } from '@aws-sdk/client-sts'\nexport const handler = async () => [greeting, typeof STSClient]"), [LayerVersionArn!])
    expect(await run(imported)).toEqual(['hello', 'function'])
    const { Layers } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: cjs }))
    expect(Layers).toEqual([{ Arn: LayerVersionArn, CodeSize: Content!.CodeSize }])
    // What the function brings itself comes first.
    const own = await withLayers(zipOf({ 'index.mjs': "import greeting from 'greeting'\nexport const handler = async () => greeting", 'node_modules/greeting/index.js': "module.exports = 'own'" }), [LayerVersionArn!])
    expect(await run(own)).toBe('own')
  })

  it('lays layers over one another in order, and those for one release before the others', async () => {
    const below = await publish('below', greeting('below', { 'shared.txt': 'below', 'below.txt': 'b', 'bin/tool': '#!/bin/sh\necho tool' }))
    const above = await publish('above', zipOf({ 'shared.txt': 'above', 'nodejs/node22/node_modules/greeting/index.js': "module.exports = 'for 22'", 'nodejs/node22/node_modules/@s/p/index.js': "module.exports = 'scoped'" }))
    const code = `import fs from 'node:fs'\nimport greeting from 'greeting'\nimport scoped from '@s/p'\nconst opt = process.env.PATH.split(':').at(-1).replace('/bin', '')\nexport const handler = async () => [fs.readFileSync(opt + '/shared.txt', 'utf8'), fs.existsSync(opt + '/below.txt'), greeting, scoped, ${isolation === 'auto'} && opt]`
    expect(await run(await withLayers(esm(code), [below.LayerVersionArn!, above.LayerVersionArn!]))).toEqual(['above', true, 'for 22', 'scoped', isolation === 'auto' ? '/opt' : false])
    expect((await run(await withLayers(esm(code), [above.LayerVersionArn!, below.LayerVersionArn!])))[0]).toBe('below')
  })

  it('gives Python functions the packages of their layers', async () => {
    const { LayerVersionArn } = await publish('py', zipOf({ 'python/plain.py': 'name = "plain"', 'python/lib/python3.11/site-packages/exact.py': 'name = "exact"' }))
    const name = await withLayers(zipOf({ 'app.py': 'import plain, exact\ndef handler(e, c): return [plain.name, exact.name]' }), [LayerVersionArn!], { Runtime: 'python3.11', Handler: 'app.handler', Environment: { Variables: { PYTHONPATH: '/nowhere' } } })
    expect(await run(name)).toEqual(['plain', 'exact'])
  })

  it('runs with other layers as soon as they are changed, and without any', async () => {
    const one = await publish('changing', greeting('one'))
    const two = await publish('changing', greeting('two'))
    expect(two.Version).toBe(2)
    const name = await withLayers(handlerZip("async () => { try { return require('greeting') } catch (e) { return e.code } }"), [one.LayerVersionArn!])
    expect(await run(name)).toBe('one')
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: name, Layers: [two.LayerVersionArn!] }))
    expect(await run(name)).toBe('two')
    const { Layers } = await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: name, MemorySize: 256 }))
    expect(Layers).toHaveLength(1)
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: name, Layers: [] }))
    expect(await run(name)).toBe('MODULE_NOT_FOUND')
  })
})

describe('layer versions', () => {
  let sandbox: TestSandbox
  let lambda: LambdaClient
  let role: string
  beforeAll(async () => {
    sandbox = await startTestSandbox()
    lambda = new LambdaClient(sandbox.learner)
    role = await makeRole(sandbox.learner, 'r')
  })
  afterAll(() => sandbox.remove())
  const publish = (LayerName: string, more: Partial<PublishLayerVersionRequest> = {}, client = lambda) => client.send(new PublishLayerVersionCommand({ LayerName, Content: { ZipFile: greeting(LayerName) }, ...more }))

  it('are told one by one and in lists', async () => {
    await publish('listed', { CompatibleRuntimes: ['nodejs20.x'] })
    await publish('listed', { CompatibleRuntimes: ['python3.12'], CompatibleArchitectures: ['arm64'], Description: 'second' })
    await publish('other')
    const told = await lambda.send(new GetLayerVersionCommand({ LayerName: 'listed', VersionNumber: 2 }))
    expect(told).toMatchObject({ Version: 2, Description: 'second', CompatibleRuntimes: ['python3.12'], CompatibleArchitectures: ['arm64'], LayerArn: `arn:aws:lambda:us-east-1:${sandbox.accountId}:layer:listed` })
    expect((await (await fetch(told.Content!.Location!)).arrayBuffer()).byteLength).toBe(told.Content!.CodeSize)
    const { $metadata: _one, Content: _link, ...byArn } = await lambda.send(new GetLayerVersionByArnCommand({ Arn: told.LayerVersionArn }))
    const { $metadata: _two, Content: _again, ...byName } = told
    expect(byArn).toEqual(byName)
    const versions = await lambda.send(new ListLayerVersionsCommand({ LayerName: 'listed', MaxItems: 1 }))
    expect(versions.LayerVersions!.map((v) => v.Version)).toEqual([2])
    expect((await lambda.send(new ListLayerVersionsCommand({ LayerName: 'listed', Marker: versions.NextMarker }))).LayerVersions!.map((v) => v.Version)).toEqual([1])
    const layers = await lambda.send(new ListLayersCommand({}))
    expect(layers.Layers!.map((l) => [l.LayerName, l.LatestMatchingVersion!.Version])).toEqual([['listed', 2], ['other', 1]])
    expect((await lambda.send(new ListLayersCommand({ CompatibleRuntime: 'nodejs20.x' }))).Layers!.map((l) => l.LatestMatchingVersion!.Version)).toEqual([1])
    const { resources } = await sandbox.admin('GET', `/_worklab/accounts/${sandbox.accountId}/resources`)
    expect(resources).toContainEqual(expect.objectContaining({ type: 'layer', name: 'other' }))
  })

  it('go without taking their number with them, and functions that use them run on', async () => {
    const { LayerVersionArn } = await publish('leaving')
    await functionMaker(lambda, role)('keeps', { zip: handlerZip("async () => require('greeting')"), Layers: [LayerVersionArn!] })
    for (const VersionNumber of [1, 7]) await lambda.send(new DeleteLayerVersionCommand({ LayerName: 'leaving', VersionNumber }))
    await expect(lambda.send(new GetLayerVersionCommand({ LayerName: 'leaving', VersionNumber: 1 }))).rejects.toMatchObject({ name: 'ResourceNotFoundException', message: 'The resource you requested does not exist.' })
    expect((await lambda.send(new InvokeCommand({ FunctionName: 'keeps' }))).Payload!.transformToString()).toBe('"leaving"')
    expect((await publish('leaving')).Version).toBe(2)
  })

  it('serve another account only with permission', async () => {
    const { LayerVersionArn } = await publish('shared')
    const other = await sandbox.newAccount()
    const theirs = new LambdaClient(other.config)
    const make = functionMaker(theirs, await makeRole(other.config, 'r'))
    const zip = handlerZip("async () => require('greeting')")
    await expect(make('f', { zip, Layers: [LayerVersionArn!] })).rejects.toMatchObject({ name: 'AccessDeniedException', message: expect.stringContaining('lambda:GetLayerVersion') })
    const at = { LayerName: 'shared', VersionNumber: 1 }
    const allow = { ...at, StatementId: 'x', Action: 'lambda:GetLayerVersion', Principal: other.accountId }
    const { Statement } = await lambda.send(new AddLayerVersionPermissionCommand(allow))
    expect(JSON.parse(Statement!)).toEqual({ Sid: 'x', Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${other.accountId}:root` }, Action: 'lambda:GetLayerVersion', Resource: LayerVersionArn })
    await expect(lambda.send(new AddLayerVersionPermissionCommand(allow))).rejects.toMatchObject({ name: 'ResourceConflictException' })
    await make('f', { zip, Layers: [LayerVersionArn!] })
    const { Policy, RevisionId } = await lambda.send(new GetLayerVersionPolicyCommand(at))
    expect(JSON.parse(Policy!).Statement).toEqual([JSON.parse(Statement!)])
    await lambda.send(new RemoveLayerVersionPermissionCommand({ ...at, StatementId: 'x', RevisionId }))
    await expect(lambda.send(new GetLayerVersionPolicyCommand(at))).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
    await expect(make('g', { zip, Layers: [LayerVersionArn!] })).rejects.toMatchObject({ name: 'AccessDeniedException' })
    // What they have they keep, even when the layer goes.
    await lambda.send(new DeleteLayerVersionCommand(at))
    expect((await theirs.send(new InvokeCommand({ FunctionName: 'f' }))).Payload!.transformToString()).toBe('"shared"')
  })

  it('are refused to a function where AWS refuses them', async () => {
    const create = functionMaker(lambda, role)
    const arns: string[] = []
    for (let i = 1; i <= 6; i += 1) arns.push((await publish(`many${i}`)).LayerVersionArn!)
    const again = (await publish('many1')).LayerVersionArn!
    const refusal = (message: string) => ({ name: 'InvalidParameterValueException', message: expect.stringContaining(message) })
    await expect(create('no', { Layers: arns })).rejects.toMatchObject(refusal('Cannot reference more than 5 layers'))
    await expect(create('no', { Layers: [arns[0]!, again] })).rejects.toMatchObject(refusal('Two different versions of the same layer'))
    await expect(create('no', { Layers: [arns[0]!.replace(/:1$/, ':9')] })).rejects.toMatchObject(refusal('does not exist'))
    // Grown on disk: packing and unpacking as much would take long.
    const folder = join(sandbox.dataDir, 'lambda/code', sandbox.accountId)
    const grown = async (name: string) => {
      const { LayerVersionArn, Content } = await publish(name)
      truncateSync(join(folder, Buffer.from(Content!.CodeSha256!, 'base64').toString('hex'), 'files/nodejs/node_modules/greeting/index.js'), 140_000_000)
      return LayerVersionArn!
    }
    await expect(create('no', { Layers: [await grown('big'), await grown('bigger')] })).rejects.toMatchObject(refusal('Function code combined with layers exceeds the maximum allowed size of 262144000 bytes. The actual size is 280000'))
    expect(readdirSync(folder).filter((name) => name.startsWith('unfinished'))).toEqual([])
  })
})
