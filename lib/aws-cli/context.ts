import type { CloudClients } from '@/lib/cloud/clients'

/** Files that a command reads and writes: those of the shell it runs in. Paths are relative to its folder or begin with `/`. */
export interface CliFiles {
  /** @throws Error where there is no such file */
  read(path: string): Promise<Uint8Array>
  write(path: string, content: Uint8Array): Promise<void>
  remove(path: string): Promise<void>
  /** Paths of all files under a folder, relative to it. Empty where there is none. */
  list(folder: string): Promise<string[]>
}

/** Where an `aws` command runs: whose account, which files, where its output goes. */
export interface CliContext {
  clients: CloudClients
  accountId: string
  region: string
  files: CliFiles
  stdin: Uint8Array
  /** Takes the output piece by piece as it comes. */
  stdout(piece: string | Uint8Array): void
  stderr(text: string): void
  /** Aborted by Ctrl-C. */
  signal: AbortSignal
}
