import { copyFileSync, existsSync, lstatSync, mkdirSync, readlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { seccompFilter } from './seccomp'

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
  const files = {
    passwd: 'root:x:0:0:root:/root:/sbin/nologin\nsbx_user1051:x:993:990::/home/sbx_user1051:/sbin/nologin\n',
    group: 'root:x:0:\nsbx_user1051:x:990:\n',
    hosts: '127.0.0.1 localhost\n::1 localhost\n',
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
