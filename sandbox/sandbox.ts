import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Seal } from './seal'
import { Store } from './store'

/** What every operation can reach: the store, the seal, the clock and, once set up, the Lambda engine. */
export interface Sandbox {
  readonly dataDir: string
  readonly auth: 'strict' | 'open'
  readonly store: Store
  readonly seal: Seal
  /** Epoch ms. */
  now(): number
  /** `http://127.0.0.1:4566`, known once it listens. */
  url(): string
}

export interface SandboxOptions {
  /** Folder of all state. */
  data: string
  /** 0 picks a free one. */
  port?: number
  host?: string
  /** `open` takes any key as root of the account that it names; loopback only. */
  auth?: 'strict' | 'open'
  /** `none` runs handlers without bubblewrap even where it is there. */
  isolation?: 'auto' | 'none'
  /** Bearer token of the admin API; made at random where not given. */
  adminToken?: string
}

/** Opens the state of a data folder. Fails with the store's error where another process holds it. */
export async function openState(options: SandboxOptions): Promise<{ store: Store; seal: Seal }> {
  mkdirSync(options.data, { recursive: true })
  return { store: await Store.open(join(options.data, 'state')), seal: new Seal(options.data) }
}
