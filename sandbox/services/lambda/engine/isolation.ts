import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { firstUid, plainGid, plainUid, writeSystemFiles } from './system-files'

/**
 * How handlers are contained.
 * - `none`: ordinary processes of the sandbox's user.
 * - `user`: bubblewrap in a user namespace, what an ordinary user may do.
 * - `root`: bubblewrap as root without a user namespace; each environment then gets a user id of its own, so the kernel
 *   counts its processes separately and nothing of it is root, not even under another name.
 */
export type Isolation =
  | { kind: 'none'; tools: Tools }
  | { kind: 'user' | 'root'; bwrap: string; etcDir: string; seccompFile: string | undefined; libraryLinks: string[]; tools: Tools }

/** Programs of util-linux, where the machine has them. */
export interface Tools {
  prlimit: string | undefined
  setpriv: string | undefined
}

/**
 * Finds the strongest containment that works here, by running it once.
 * @param directory where the few system files a contained handler sees are written
 */
export async function detectIsolation(wanted: 'auto' | 'none', directory: string): Promise<Isolation> {
  const tools = { prlimit: find('prlimit'), setpriv: find('setpriv') }
  const bwrap = find('bwrap')
  if (wanted === 'none' || !bwrap || !tools.prlimit) return { kind: 'none', tools }
  const { etcDir, seccompFile, libraryLinks } = writeSystemFiles(directory)
  const kinds = process.getuid?.() === 0 && tools.setpriv ? (['root', 'user'] as const) : (['user'] as const)
  for (const kind of kinds) {
    const isolation: Isolation = { kind, bwrap, etcDir, seccompFile, libraryLinks, tools }
    if (await works(isolation)) return isolation
  }
  return { kind: 'none', tools }
}

/** What every contained process is started with, up to its command: namespaces, a bare file system, no privileges. */
export function containment(isolation: Exclude<Isolation, { kind: 'none' }>, tmpBytes: number): string[] {
  return [
    '--die-with-parent',
    '--new-session',
    '--unshare-ipc',
    '--unshare-pid',
    '--unshare-net',
    '--unshare-uts',
    '--unshare-cgroup-try',
    '--hostname', 'lambda',
    '--cap-drop', 'ALL',
    ...(isolation.kind === 'root'
      ? ['--cap-add', 'CAP_SETUID', '--cap-add', 'CAP_SETGID']
      : ['--unshare-user', '--uid', String(plainUid), '--gid', String(plainGid)]),
    '--ro-bind', '/usr', '/usr',
    ...isolation.libraryLinks,
    '--ro-bind', isolation.etcDir, '/etc',
    '--proc', '/proc',
    '--dev', '/dev',
    '--remount-ro', '/dev',
    '--perms', '1777', '--size', String(tmpBytes), '--tmpfs', '/tmp',
  ]
}

/** The command that sheds the last privileges and sets the limits, to be followed by the program itself. */
export function limited(isolation: Isolation, limits: { dataBytes: number; fileBytes?: number }, uid: number): string[] {
  const { prlimit, setpriv } = isolation.tools
  const command: string[] = []
  if (prlimit)
    command.push(
      prlimit, '--core=0', '--nofile=1024', `--data=${limits.dataBytes}`,
      ...(limits.fileBytes ? [`--fsize=${limits.fileBytes}`] : []),
      ...(isolation.kind === 'none' ? [] : ['--nproc=1024']),
    )
  if (isolation.kind === 'root') command.push(setpriv!, '--reuid', String(uid), '--regid', String(uid), '--clear-groups', '--inh-caps=-all')
  return [...command, ...dyingWithParent(isolation)]
}

/** Without bubblewrap the kernel still ends a program when the one that started it is killed. */
export function dyingWithParent({ kind, tools }: Isolation): string[] {
  return kind === 'none' && tools.setpriv ? [tools.setpriv, '--pdeathsig', 'KILL'] : []
}

/**
 * Makes the directories on the way to a path inside. bubblewrap would make them itself, but closed to everyone except
 * their owner, and a handler in `root` isolation is not that.
 */
export function parents(path: string): string[] {
  const names = path.split('/').slice(1, -1)
  return names.flatMap((_, i) => ['--dir', `/${names.slice(0, i + 1).join('/')}`])
}

function works(isolation: Exclude<Isolation, { kind: 'none' }>): Promise<boolean> {
  const args = [...containment(isolation, 1 << 20), '--remount-ro', '/', '--', ...limited(isolation, { dataBytes: 1 << 30 }, firstUid), '/usr/bin/true']
  return new Promise((resolve) => execFile(isolation.bwrap, args, { timeout: 5000, env: {} as NodeJS.ProcessEnv }, (error) => resolve(!error)))
}

function find(program: string): string | undefined {
  return ['/usr/bin', '/bin', '/usr/local/bin', '/usr/sbin'].map((directory) => `${directory}/${program}`).find((path) => existsSync(path))
}
