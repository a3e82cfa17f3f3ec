import { copyFileSync, existsSync, lstatSync, mkdirSync, readlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { seccompFilter } from './seccomp'

/** User ids for environments in `root` isolation: far from those of people, services and containers. */
export const firstUid = 2_000_000_000
export const uidCount = 256
/** User and group of environments in a user namespace, Lambda's own numbers. */
export const [plainUid, plainGid] = [993, 990]

/** What a contained handler sees of a system, as paths on the host. */
export interface SystemFiles {
  etcDir: string
  /** System call filter for bubblewrap; undefined on processors it is not written for. */
  seccompFile: string | undefined
  /** bubblewrap arguments that make /lib, /lib64, /bin … lead where they do on the host. */
  libraryLinks: string[]
}

/** Writes the system call filter and the made-up /etc: enough for `localhost`, user names and the dynamic loader, and nothing of the host's own. */
export function writeSystemFiles(directory: string): SystemFiles {
  const etcDir = join(directory, 'etc')
  mkdirSync(etcDir, { recursive: true })
  // The SDK asks for the home directory of the user it runs as, so each must have an entry.
  const users = [[plainUid, plainGid], ...Array.from({ length: uidCount }, (_, i) => [firstUid + i, firstUid + i])]
  const files = {
    passwd: users.map(([uid, gid], i) => `sbx_user${i}:x:${uid}:${gid}::/home/sbx_user:/sbin/nologin\n`).join(''),
    group: users.map(([, gid], i) => `sbx_user${i}:x:${gid}:\n`).join(''),
    hosts: '127.0.0.1 localhost sandbox sandbox.local\n::1 localhost\n',
    'nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files\n',
    'resolv.conf': '',
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(etcDir, name), text)
  if (existsSync('/etc/ld.so.cache')) copyFileSync('/etc/ld.so.cache', join(etcDir, 'ld.so.cache'))
  return { etcDir, seccompFile: writeFilter(join(directory, 'seccomp.bpf')), libraryLinks: libraryLinks() }
}

function writeFilter(path: string): string | undefined {
  const filter = seccompFilter()
  if (filter) writeFileSync(path, filter)
  return filter && path
}

function libraryLinks(): string[] {
  return ['/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'].flatMap((path) => {
    if (!existsSync(path)) return []
    return lstatSync(path).isSymbolicLink() ? ['--symlink', readlinkSync(path), path] : ['--ro-bind', path, path]
  })
}
