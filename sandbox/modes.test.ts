import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateUserCommand, GetUserPolicyCommand, IAMClient, ListUsersCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { afterEach, describe, expect, it } from 'vitest'
import { startSandbox, type RunningSandbox } from './index'
import { functionMaker, handlerZip, makeRole } from './services/lambda/testing'

const folders: string[] = []
const folder = () => {
  folders.push(mkdtempSync(join(tmpdir(), 'modes-')))
  return folders.at(-1)!
}
afterEach(() => {
  for (const one of folders.splice(0)) rmSync(one, { recursive: true, force: true })
})

const config = ({ url }: RunningSandbox) => ({ endpoint: url, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' }, maxAttempts: 1 })
const users = async (sandbox: RunningSandbox) => (await new IAMClient(config(sandbox)).send(new ListUsersCommand({}))).Users!.map(({ UserName }) => UserName)
const createUser = (sandbox: RunningSandbox, UserName: string) => new IAMClient(config(sandbox)).send(new CreateUserCommand({ UserName }))
/** Size and change of every file below a folder but LevelDB's own notes. */
const filesOf = (root: string) =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^(LOCK|LOG(\.old)?)$/.test(entry.name))
    .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name)).toString('base64')])
    .sort()

describe('in memory', () => {
  it('everything works, and nothing is left behind', async () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('sandbox-memory-'))
    const sandbox = await startSandbox({ memory: true, port: 0, auth: 'open' })
    await createUser(sandbox, 'an')
    expect(await users(sandbox)).toEqual(['an'])
    const create = functionMaker(new LambdaClient(config(sandbox)), await makeRole(config(sandbox), 'r'))
    await create('hello', { zip: handlerZip('async () => 42') })
    expect((await new LambdaClient(config(sandbox)).send(new InvokeCommand({ FunctionName: 'hello' }))).Payload!.transformToString()).toBe('42')
    await sandbox.close()
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('sandbox-memory-'))).toEqual(before)
    const next = await startSandbox({ memory: true, port: 0, auth: 'open' })
    expect(await users(next)).toEqual([])
    await next.close()
  })

  it('takes no data folder beside it, and one of the two must be', async () => {
    await expect(startSandbox({ memory: true, data: folder(), port: 0 })).rejects.toThrow(/not both/)
    await expect(startSandbox({ port: 0 })).rejects.toThrow(/needs a data folder/)
  })
})

describe('the habits of LocalStack', () => {
  it('are taken: unsigned calls, host names, the health page', async () => {
    const sandbox = await startSandbox({ memory: true, port: 0, auth: 'open' })
    const call = (host: string, path: string, method = 'GET', body?: string) =>
      new Promise<{ status: number; text: string }>((resolve, reject) => {
        const headers = { host: `${host}:${sandbox.port}`, ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }) }
        const outgoing = request({ host: '127.0.0.1', port: sandbox.port, path, method, headers }, async (response) => {
          let text = ''
          for await (const chunk of response) text += chunk
          resolve({ status: response.statusCode!, text })
        })
        outgoing.on('error', reject)
        outgoing.end(body)
      })
    for (const host of ['localhost', '127.0.0.1', 'localhost.localstack.cloud', 'sts.localhost', 's3.localhost.localstack.cloud']) {
      const { status, text } = await call(host, '/', 'POST', 'Action=GetCallerIdentity&Version=2011-06-15')
      expect([host, status]).toEqual([host, 200])
      expect(text).toContain('<Account>000000000000</Account>')
    }
    const health = JSON.parse((await call('localhost', '/_localstack/health')).text)
    expect(health).toMatchObject({ services: { iam: 'running', lambda: 'running', sts: 'running' }, edition: expect.any(String), version: expect.stringMatching(/^\d+\.\d+/) })
    await sandbox.close()
  })
})

describe('a stop', () => {
  const start = (more: object = {}) => startSandbox({ memory: true, port: 0, auth: 'open', ...more })
  const sleeper = async (sandbox: RunningSandbox, ms: number) => {
    const lambda = new LambdaClient(config(sandbox))
    await functionMaker(lambda, await makeRole(config(sandbox), 'r'))('slow', { zip: handlerZip(`async (event) => { if (event.warm) return; await new Promise((r) => setTimeout(r, ${ms})); return 'done' }`), Timeout: 60 })
    await lambda.send(new InvokeCommand({ FunctionName: 'slow', Payload: '{"warm":true}' }))
    const outcome = lambda.send(new InvokeCommand({ FunctionName: 'slow', Payload: '{}' })).then(({ Payload }) => Payload!.transformToString(), () => 'cut off')
    await new Promise((resolve) => setTimeout(resolve, 100))
    return { outcome }
  }

  it('lets the invocations finish that are under way', async () => {
    const sandbox = await start()
    const { outcome } = await sleeper(sandbox, 600)
    await sandbox.close()
    expect(await outcome).toBe('"done"')
  })

  it('ends them when their time is up', async () => {
    const sandbox = await start({ stopWithinMs: 200 })
    const { outcome } = await sleeper(sandbox, 30_000)
    const began = Date.now()
    await sandbox.close()
    expect(Date.now() - began).toBeLessThan(8000)
    expect(await outcome).not.toBe('"done"')
  })
})

describe('a data folder', () => {
  const filled = async () => {
    const data = folder()
    const sandbox = await startSandbox({ data, port: 0, auth: 'open' })
    await createUser(sandbox, 'an')
    await sandbox.close()
    return data
  }

  it.each<[string, (data: string) => void]>([
    ['the table of its files is cut short', (data) => {
      const state = join(data, 'state')
      const manifest = join(state, readFileSync(join(state, 'CURRENT'), 'utf8').trim())
      writeFileSync(manifest, readFileSync(manifest).subarray(0, 20))
    }],
    ['what names the table is nonsense', (data) => writeFileSync(join(data, 'state', 'CURRENT'), 'nonsense\n')],
    ['its key is cut short', (data) => writeFileSync(join(data, 'secret.key'), 'short')],
    ['its mark is no JSON', (data) => writeFileSync(join(data, 'format.json'), '{"format":')],
  ])('that is damaged is refused and left as it is: %s', async (_, damage) => {
    const data = await filled()
    damage(data)
    const before = filesOf(data)
    await expect(startSandbox({ data, port: 0 })).rejects.toMatchObject({ name: 'DataFolderRefused', message: expect.stringContaining(data) })
    expect(filesOf(data)).toEqual(before)
  })

  it('of a newer format is refused and left as it is', async () => {
    const data = await filled()
    writeFileSync(join(data, 'format.json'), JSON.stringify({ format: 99, version: '9.0.0' }))
    const before = filesOf(data)
    await expect(startSandbox({ data, port: 0 })).rejects.toThrow(/newer sandbox \(version 9\.0\.0, format 99/)
    expect(filesOf(data)).toEqual(before)
  })

  it('from before there was a mark is taken and marked', async () => {
    const data = await filled()
    rmSync(join(data, 'format.json'))
    const sandbox = await startSandbox({ data, port: 0, auth: 'open' })
    expect(await users(sandbox)).toEqual(['an'])
    await sandbox.close()
    expect(JSON.parse(readFileSync(join(data, 'format.json'), 'utf8'))).toMatchObject({ format: 1 })
  })
})

/** A file system of a few megabytes, where this machine lets us mount one. */
function tinyDisk(): string | undefined {
  const mount = folder()
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', mount], { stdio: 'ignore' })
    return mount
  } catch {
    return undefined
  }
}

describe('a full disk', () => {
  it('is told, loses nothing that was answered, and is forgotten once there is room', { timeout: 60_000 }, async (context) => {
    const disk = tinyDisk()
    if (disk === undefined) return context.skip('This machine lets us mount no small disk.')
    try {
      const data = join(disk, 'data')
      writeFileSync(join(disk, 'ballast'), Buffer.alloc(24 << 20))
      let sandbox = await startSandbox({ data, port: 0, auth: 'open' })
      const iam = new IAMClient(config(sandbox))
      const written: string[] = []
      const put = async (name: string) => {
        await iam.send(new CreateUserCommand({ UserName: name }))
        // Random, as the store would pack anything else away.
        const document = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::b/${randomBytes(900).toString('hex')}` }] })
        await iam.send(new PutUserPolicyCommand({ UserName: name, PolicyName: 'p', PolicyDocument: document }))
        written.push(name)
      }
      let filled = 0
      const fill = () => {
        // What the sandbox leaves is taken by others, until there is nothing left.
        for (let size = 1 << 20; size >= 4096; ) {
          try {
            writeFileSync(join(disk, `filler-${filled++}`), randomBytes(size))
          } catch {
            size >>= 1
          }
        }
      }
      for (let i = 0; i < 20; i++) await put(`before-${i}`)
      fill()
      let error: (Error & { $metadata?: { httpStatusCode?: number } }) | undefined
      for (let i = 0; i < 400 && !error; i++) error = await put(`full-${i}`).then(() => undefined, (thrown) => thrown)
      expect(error?.$metadata?.httpStatusCode).toBe(500)
      expect(error?.name).toBe('ServiceFailureException')
      expect((await iam.send(new ListUsersCommand({ MaxItems: 5 }))).Users).toHaveLength(5)
      rmSync(join(disk, 'ballast'))
      for (let i = 0; i < 5; i++) await put(`after-${i}`)
      await sandbox.close()
      sandbox = await startSandbox({ data, port: 0, auth: 'open' })
      const again = new IAMClient(config(sandbox))
      for (const name of written) expect((await again.send(new GetUserPolicyCommand({ UserName: name, PolicyName: 'p' }))).PolicyName).toBe('p')
      expect(written).toContain('after-4')
      await sandbox.close()
    } finally {
      execFileSync('umount', ['-l', disk])
    }
  })
})
