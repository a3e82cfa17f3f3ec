/**
 * The system calls a contained handler may not make: those that would give it new namespaces (and in them the right to mount,
 * so memory without bound), look into other processes, or reach parts of the kernel no function needs.
 * Numbers from the kernel's tables for x86-64 and arm64.
 */
const denied: Record<string, [x64: number, arm64: number]> = {
  unshare: [272, 97],
  setns: [308, 268],
  mount: [165, 40],
  umount2: [166, 39],
  pivot_root: [155, 41],
  chroot: [161, 51],
  open_tree: [428, 428],
  move_mount: [429, 429],
  fsopen: [430, 430],
  fsmount: [432, 432],
  mount_setattr: [442, 442],
  ptrace: [101, 117],
  process_vm_readv: [310, 270],
  process_vm_writev: [311, 271],
  add_key: [248, 217],
  request_key: [249, 218],
  keyctl: [250, 219],
  bpf: [321, 280],
  perf_event_open: [298, 241],
  userfaultfd: [323, 282],
  open_by_handle_at: [304, 265],
  io_uring_setup: [425, 425],
  kexec_load: [246, 104],
  kexec_file_load: [320, 294],
  init_module: [175, 105],
  finit_module: [313, 273],
}
const clone: [number, number] = [56, 220]
const clone3 = 435
const cloneNewUser = 0x10000000

const load = (offset: number) => [0x20, 0, 0, offset] as const
const equals = (value: number, ifNot: number) => [0x15, 0, ifNot, value] as const
const answer = (value: number) => [0x06, 0, 0, value] as const
const allow = answer(0x7fff0000)
const noPermission = answer(0x00050001)
const notImplemented = answer(0x00050026)
const kill = answer(0x80000000)

/**
 * The filter as bubblewrap's `--seccomp` reads it: an array of `struct sock_filter`.
 * @returns undefined on a processor whose numbers are not known here
 */
export function seccompFilter(arch: string = process.arch): Buffer | undefined {
  const column = arch === 'x64' ? 0 : arch === 'arm64' ? 1 : undefined
  if (column === undefined) return undefined
  const program = [
    load(4),
    [0x15, 1, 0, [0xc000003e, 0xc00000b7][column]!] as const,
    kill,
    load(0),
    // The x32 interface of x86-64 has numbers of its own for the same calls.
    ...(column === 0 ? [[0x35, 0, 1, 0x40000000] as const, noPermission] : []),
    ...Object.values(denied).flatMap((numbers) => [equals(numbers[column], 1), noPermission]),
    // clone3 hides its flags from a filter; told that it does not exist, C libraries fall back to clone.
    equals(clone3, 1),
    notImplemented,
    equals(clone[column], 3),
    load(16),
    [0x45, 0, 1, cloneNewUser] as const,
    noPermission,
    allow,
  ]
  const bytes = Buffer.alloc(program.length * 8)
  program.forEach(([code, ifTrue, ifFalse, value], i) => {
    bytes.writeUInt16LE(code, i * 8)
    bytes.writeUInt8(ifTrue, i * 8 + 2)
    bytes.writeUInt8(ifFalse, i * 8 + 3)
    bytes.writeUInt32LE(value, i * 8 + 4)
  })
  return bytes
}
