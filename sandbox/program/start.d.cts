/** What a sandbox is started with. */
export interface SandboxOptions {
  /** Folder of all state; without one it is in memory and gone when the sandbox closes. */
  data?: string
  /** A free one where not given. */
  port?: number
  host?: string
  /** `open` takes any key as root of the account that it names; loopback only. `strict` where not given. */
  auth?: 'strict' | 'open'
  /** `none` runs handlers without bubblewrap even where it is there. */
  isolation?: 'auto' | 'none'
  /** Waits before an asynchronous invocation that failed is tried again, in ms: one and two minutes as on Lambda where not given. */
  asyncRetryMs?: number[]
  /** Hosts (`api.example.com`, `127.0.0.1:8080`) beyond the sandbox that HTTP integrations of API Gateway may call; none where not given. */
  allowOutgoing?: string[]
  /** How long a stop waits for calls and invocations that are under way, in ms; ten seconds where not given. */
  stopWithinMs?: number
  /** Bearer token of the admin API; made at random where not given. */
  adminToken?: string
}

/** A sandbox that is up. */
export interface RunningSandbox {
  /** `http://127.0.0.1:4566` */
  url: string
  port: number
  adminToken: string
  /** Ends it: what is under way may finish within `stopWithinMs`, then handlers are stopped and the state is closed. */
  close(): Promise<void>
}

/**
 * Starts the embedded AWS in a process of its own, which ends with the caller's.
 * @example
 * const sandbox = await startSandbox({ auth: 'open' })
 * const s3 = new S3Client({ endpoint: sandbox.url, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } })
 * await sandbox.close()
 * @throws where the port is taken, the data folder is held by another process, damaged or of a newer version, or `open` is asked beyond loopback
 */
export function startSandbox(options?: SandboxOptions): Promise<RunningSandbox>
