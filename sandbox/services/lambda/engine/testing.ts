import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Engine, type EngineOptions, type FunctionSpec, type InvokeRequest, type InvokeResult, type LogEvent } from './index'

/** An engine with temporary directories, for the tests beside this file. */
export interface TestBench {
  engine: Engine
  dataDir: string
  /** All log events delivered so far, by log stream. */
  logs: Map<string, LogEvent[]>
  /** Writes files (by path) to a new directory, such as that of a layer; those with a #! line can be run. */
  write(files: Record<string, string>): string
  /** Describes a function made of the given files (by path). */
  deploy(files: Record<string, string>, changes?: Partial<FunctionSpec>): FunctionSpec
  invoke(spec: FunctionSpec, event?: unknown, changes?: Partial<InvokeRequest>): Promise<InvokeResult & { json: any; log: string }>
  close(): Promise<void>
}

export async function testBench(options: Partial<EngineOptions> = {}): Promise<TestBench> {
  const directory = mkdtempSync(join(tmpdir(), 'engine-test-'))
  const logs: TestBench['logs'] = new Map()
  const engine = new Engine({
    dataDir: join(directory, 'data'),
    isolation: 'auto',
    endpoint: () => 'http://127.0.0.1:1',
    credentials: async (roleArn) => ({ accessKeyId: 'ASIATEST', secretAccessKey: `secret of ${roleArn}`, sessionToken: 'token', expiration: Date.now() + 3_600_000 }),
    log: async ({ logStream }, events) => void logs.set(logStream, [...(logs.get(logStream) ?? []), ...events]),
    ...options,
  })
  let count = 0
  const write = (files: Record<string, string>) => {
    const folder = join(directory, `code${++count}`)
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text, { mode: text.startsWith('#!') ? 0o755 : 0o644 })
    }
    return folder
  }
  return {
    write,
    engine,
    dataDir: join(directory, 'data'),
    logs,
    deploy(files, changes = {}) {
      const codeDir = write(files)
      const functionName = changes.functionName ?? `function${count}`
      return {
        account: '111122223333',
        region: 'us-east-1',
        functionName,
        functionArn: `arn:aws:lambda:us-east-1:111122223333:function:${functionName}`,
        version: '$LATEST',
        revision: String(count),
        codeDir,
        runtime: 'nodejs20.x',
        handler: 'index.handler',
        memorySize: 128,
        timeout: 3,
        environment: {},
        roleArn: 'arn:aws:iam::111122223333:role/r',
        ephemeralStorage: 512,
        logGroup: `/aws/lambda/${functionName}`,
        ...changes,
      }
    },
    async invoke(spec, event = {}, changes = {}) {
      const result = await engine.invoke(spec, { requestId: randomUUID(), payload: Buffer.from(JSON.stringify(event)), invokedArn: spec.functionArn, ...changes })
      return { ...result, json: parse(result.payload.toString()), log: result.logTail.toString() }
    },
    async close() {
      await engine.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
