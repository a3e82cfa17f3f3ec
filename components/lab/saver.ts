import type { LabFiles } from '@/lib/lab/define-lab'
import type { FormValues } from './form-input'
import type { RefusalReason } from './refusal'

/** What a lab page keeps on the server as it is typed. */
export interface Unsaved {
  files?: LabFiles
  forms?: Record<string, FormValues>
  step?: string
}

/** How saving stands. `refused` is why it did not go through; it is tried again. `replaced`: files from elsewhere were replaced. */
export interface SaverState {
  status: 'saved' | 'saving' | 'waiting'
  refused?: RefusalReason | 'offline'
  replaced: boolean
}

/** What the save route answers. */
export type SaveAnswer = { ok: true; version: string; replaced: boolean } | { ok: false; refused: RefusalReason }

const WAIT_MS = 600
const RETRY_MS = 5_000

/** Saves what is typed, soon after it is typed, one request at a time; keeps it until the server has it. */
export class Saver {
  private unsaved: Unsaved = {}
  private timer: ReturnType<typeof setTimeout> | undefined
  private running: Promise<void> | undefined
  private listeners = new Set<() => void>()
  private state: SaverState = { status: 'saved', replaced: false }

  /**
   * @param version of the files as the server had them when the page was made
   * @param send gives the server's answer, or throws where none came; `last` when the page is being left
   */
  constructor(
    private version: string,
    private readonly send: (body: Unsaved & { base: string }, last: boolean) => Promise<SaveAnswer>,
  ) {}

  subscribe = (listener: () => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  getState = () => this.state

  /** Whether the server's files differ from what this page last saved or loaded. */
  isBehind(version: string): boolean {
    return version !== this.version && this.state.status === 'saved'
  }

  /** Takes files that the server has already, such as after a reset. */
  adopt(version: string): void {
    delete this.unsaved.files
    this.version = version
    this.tell({ ...this.state, replaced: false })
  }

  change(part: Unsaved): void {
    this.unsaved = { ...this.unsaved, ...part }
    this.tell({ ...this.state, status: this.running ? 'saving' : 'waiting' })
    this.schedule(WAIT_MS)
  }

  /** Saves now what is not saved yet. @returns whether the server has everything */
  async flush(last = false): Promise<boolean> {
    clearTimeout(this.timer)
    if (this.running && !last) await this.running
    if (Object.keys(this.unsaved).length > 0) {
      this.running = this.save(last).finally(() => (this.running = undefined))
      await this.running
    }
    return Object.keys(this.unsaved).length === 0
  }

  dismiss(): void {
    this.tell({ ...this.state, replaced: false })
  }

  private schedule(ms: number): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.flush(), ms)
  }

  private async save(last: boolean): Promise<void> {
    const sent = this.unsaved
    this.unsaved = {}
    this.tell({ ...this.state, status: 'saving' })
    const answer: SaveAnswer | { ok: false; refused: 'offline' } = await this.send({ ...sent, base: this.version }, last).catch(() => ({ ok: false, refused: 'offline' }))
    if (answer.ok) {
      this.version = answer.version
      const more = Object.keys(this.unsaved).length > 0
      this.tell({ status: more ? 'waiting' : 'saved', replaced: this.state.replaced || answer.replaced })
      return
    }
    // What was typed meanwhile is newer than what was sent.
    this.unsaved = { ...sent, ...this.unsaved }
    this.tell({ ...this.state, status: 'waiting', refused: answer.refused })
    this.schedule(RETRY_MS)
  }

  private tell(state: SaverState): void {
    this.state = state
    for (const listener of this.listeners) listener()
  }
}
