import { spawn, type ChildProcess } from 'node:child_process'
import { accessSync, closeSync, constants, existsSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { totalmem } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { containment, dyingWithParent, limited, parents, type Isolation } from './isolation'
import type { Interpreter } from './interpreters'
import { layerModules, type Places } from './environment-variables'
import type { FunctionSpec } from './types'

const bootstraps = join(dirname(fileURLToPath(import.meta.url)), 'bootstraps')
const bootstrapOf = { nodejs: 'node.mjs', python: 'python.py' }
const supervisorFile = 'supervisor.mjs'
/** Tells a bootstrap what it must know where that cannot be its argument. */
const startVariable = '_WORKLAB_START'
const runtimePort = 9001
/** O_CLOEXEC as /proc shows it. */
const closeOnExec = 0o2000000

/** What the machine offers, found out once when the engine is made. */
export interface Machine {
  isolation: Isolation
  /** `node_modules` the SDK is installed in, and the packages of it handlers may use. */
  sdk: { modules: string; packages: string[] } | undefined
  /** Directory of links to those packages, for handlers that are not contained. */
  sdkLinks: string
  /** Where boto3 and what it needs are, if they were installed for the sandbox; looked at anew for each environment. */
  pythonPackages: string
  /** Node.js for the program that starts several others. */
  supervisor: Interpreter
}

/** One execution environment's own corner of the machine. */
export interface Corner {
  /** Directory with the sockets `runtime.sock` and `endpoint.sock`. */
  socketDir: string
  /** Its /tmp where it is not contained. */
  tmpDir: string
  uid: number
}

/** Where an environment will find things. `runtimeAddress` is the Runtime API on the host, used when not contained. */
export function placesFor(machine: Machine, spec: FunctionSpec, corner: Corner, endpoint: string, runtimeAddress: string): Places {
  if (machine.isolation.kind === 'none')
    return { taskRoot: spec.codeDir, optDir: spec.layersDir ?? '/opt', runtimeDir: bootstraps, sdkDir: machine.sdkLinks, tmpDir: corner.tmpDir, home: corner.tmpDir, runtimeApi: runtimeAddress, endpoint }
  return {
    taskRoot: '/var/task',
    optDir: '/opt',
    runtimeDir: '/var/runtime',
    sdkDir: '/var/runtime/node_modules',
    tmpDir: '/tmp',
    runtimeApi: `127.0.0.1:${runtimePort}`,
    endpoint: `http://127.0.0.1:${endpointPort(endpoint)}`,
  }
}

/** Programs of the layers that Lambda starts beside the runtime, as paths on the host. */
export function extensionsOf({ layersDir }: FunctionSpec): string[] {
  const directory = layersDir && join(layersDir, 'extensions')
  if (!directory || !existsSync(directory)) return []
  return readdirSync(directory).sort().map((name) => join(directory, name)).filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
}

/** Whether more than one program has to be started, or one that knows nothing of the way out: a supervisor does it then. */
export function isSupervised(spec: FunctionSpec, interpreter: Interpreter): boolean {
  return interpreter.language === 'provided' || extensionsOf(spec).length > 0
}

/** Why the program that a function brings as its runtime cannot be started; undefined where it can. */
export function entrypointFault(spec: FunctionSpec, interpreter: Interpreter): string | undefined {
  if (interpreter.language !== 'provided') return undefined
  const found = providedBootstrap(spec)
  if (!found) return "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]"
  try {
    accessSync(found.path, constants.X_OK)
    return undefined
  } catch {
    return `fork/exec ${found.inside}: permission denied`
  }
}

function providedBootstrap({ codeDir, layersDir }: FunctionSpec): { path: string; inside: string } | undefined {
  const places = [{ path: join(codeDir, 'bootstrap'), inside: '/var/task/bootstrap' }, ...(layersDir ? [{ path: join(layersDir, 'bootstrap'), inside: '/opt/bootstrap' }] : [])]
  return places.find(({ path }) => existsSync(path))
}

/**
 * Starts the bootstrap of a function's language, or the supervisor of several programs, in a process (group) of its own,
 * contained where the machine allows.
 * Its stdio: 1 and 2 raw output, 3 framed log lines, 4 bubblewrap's description of what it started.
 */
export function launch(machine: Machine, spec: FunctionSpec, interpreter: Interpreter, corner: Corner, endpoint: string, env: Record<string, string>): ChildProcess {
  const { isolation } = machine
  const contained = isolation.kind !== 'none'
  const supervised = isSupervised(spec, interpreter)
  const sockets = contained ? '/run/lambda' : corner.socketDir
  const socket = `${sockets}/runtime.sock`
  const forward = contained ? { [runtimePort]: socket, [endpointPort(endpoint)]: `${sockets}/endpoint.sock` } : {}
  const runtimeDir = contained ? '/var/runtime' : bootstraps
  const runtime = runtimeCommand(machine, spec, interpreter, runtimeDir, { socket, forward: supervised ? {} : forward })
  const { NODE_OPTIONS: nodeOptions, ...supervisorEnv } = env
  const program = supervised
    ? [
        machine.supervisor.path,
        join(runtimeDir, supervisorFile),
        JSON.stringify({
          socket,
          forward,
          extensions: extensionsOf(spec).map((path) => (contained ? join('/opt/extensions', basename(path)) : path)),
          prefix: dyingWithParent(isolation),
          runtime,
          descriptors: interpreter.language === 'provided' ? [] : [3],
          nodeOptions,
        }),
      ]
    : runtime
  const bootstrapFiles = [...(supervised ? [supervisorFile] : []), ...(interpreter.language === 'provided' ? [] : [bootstrapOf[interpreter.language]])]
  const megabyte = 1024 * 1024
  // RLIMIT_DATA bounds what can be taken between two looks at the memory; it counts reserved stacks, hence the room on top.
  const limits = { dataBytes: (spec.memorySize + 1024) * megabyte, fileBytes: contained ? undefined : spec.ephemeralStorage * megabyte }
  const given = supervised ? supervisorEnv : env
  const early = Object.fromEntries(Object.entries(given).filter(([name]) => !changesPrograms(name)))
  const late = Object.entries(given).filter(([name]) => changesPrograms(name)).map(([name, value]) => `${name}=${value}`)
  const command = [...limited(isolation, limits, corner.uid), ...(late.length ? ['/usr/bin/env', ...late] : [])]
  // A contained /tmp lives in memory, so one function gets no more than an eighth of the machine's.
  const tmpBytes = Math.min(spec.ephemeralStorage * megabyte, Math.floor(totalmem() / 8))
  const seccomp = isolation.kind !== 'none' && isolation.seccompFile ? openSync(isolation.seccompFile, 'r') : undefined
  const argv = contained
    ? [
        isolation.bwrap,
        '--info-fd', '4',
        ...(seccomp === undefined ? [] : ['--seccomp', '5']),
        ...containment(isolation, tmpBytes),
        ...interpreterMounts(interpreter),
        ...(supervised ? interpreterMounts(machine.supervisor) : []),
        ...parents('/var/runtime/.'),
        ...(machine.sdk && interpreter.language === 'nodejs' ? sdkMounts(machine.sdk) : []),
        ...(interpreter.language === 'python' && hasBoto3(machine) ? readOnly(machine.pythonPackages, sitePackages(spec)) : []),
        ...bootstrapFiles.flatMap((file) => readOnly(join(bootstraps, file), join('/var/runtime', file))),
        ...readOnly(corner.socketDir, '/run/lambda'),
        ...readOnly(spec.codeDir, '/var/task'),
        ...(spec.layersDir ? [...readOnly(spec.layersDir, '/opt'), ...layerLinks(spec, spec.layersDir)] : ['--dir', '/opt']),
        '--chdir', '/var/task',
        '--remount-ro', '/',
        '--', ...command, ...program,
      ]
    : [...command, ...program]
  const nothing = openSync('/dev/null', 'r+')
  const stdio: (number | 'ignore' | 'pipe')[] = ['ignore', 'pipe', 'pipe', 'pipe', contained ? 'pipe' : 'ignore', seccomp ?? 'ignore']
  for (const descriptor of inheritable()) if (descriptor > 5) stdio[descriptor] = nothing
  const child = spawn(argv[0]!, argv.slice(1), {
    // Next's types want NODE_ENV in every environment; a handler's has only what Lambda gives it.
    env: early as NodeJS.ProcessEnv,
    cwd: contained ? '/' : spec.codeDir,
    detached: true,
    stdio: Array.from(stdio, (entry) => entry ?? 'ignore'),
  })
  closeSync(nothing)
  if (seccomp !== undefined) closeSync(seccomp)
  return child
}

/**
 * Descriptors of this process that a child would inherit: native libraries (LevelDB) open files without close-on-exec. They are
 * covered by /dev/null, since bubblewrap's own process keeps what it is given and a handler of the same user can look there.
 */
function inheritable(): number[] {
  if (!existsSync('/proc/self/fdinfo')) return []
  return readdirSync('/proc/self/fdinfo').map(Number).filter((descriptor) => {
    try {
      const flags = /flags:\s*(\d+)/.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'latin1'))?.[1] ?? '0'
      return !(parseInt(flags, 8) & closeOnExec)
    } catch {
      return false
    }
  })
}

/**
 * Variables by which the function's author could have code loaded into any program started with them. The programs that build
 * the containment must not see them: they are set last, when no privilege is left (glibc drops the same ones for setuid programs).
 */
function changesPrograms(name: string): boolean {
  return /^(LD_|DYLD_|MALLOC_|GLIBC_|GCONV_PATH|GETCONF_DIR|HOSTALIASES|LOCALDOMAIN|LOCPATH|NIS_PATH|NLSPATH|RESOLV_HOST_CONF|RES_OPTIONS|TZDIR|LIBSMARTCOLS_)/.test(name)
}

/** The command line of the runtime itself. */
function runtimeCommand(machine: Machine, spec: FunctionSpec, interpreter: Interpreter, runtimeDir: string, start: { socket: string; forward: object }): string[] {
  const contained = machine.isolation.kind !== 'none'
  if (interpreter.language === 'provided') {
    const { path, inside } = providedBootstrap(spec)!
    return [contained ? inside : path]
  }
  const python = () => [...layerModules(spec, contained ? '/opt' : (spec.layersDir ?? '/opt')), ...(hasBoto3(machine) ? [contained ? sitePackages(spec) : machine.pythonPackages] : [])]
  const modules = interpreter.language === 'python' ? python() : contained ? [] : hookedModules(machine, spec)
  const command = [interpreter.path, ...interpreterFlags(interpreter, spec), join(runtimeDir, bootstrapOf[interpreter.language])]
  const given = JSON.stringify({ ...start, modules })
  const wrapper = wrapperOf(spec, contained)
  // A wrapper may put options before the last word of its command, which must be the program then.
  return wrapper ? ['/usr/bin/env', `${startVariable}=${given}`, wrapper, ...command] : [...command, given]
}

/**
 * The script that a function has started in place of its runtime, which it is to start itself.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-modify.html#runtime-wrapper
 */
function wrapperOf({ environment, codeDir, layersDir }: FunctionSpec, contained: boolean): string | undefined {
  const wrapper = environment['AWS_LAMBDA_EXEC_WRAPPER']
  if (!wrapper || contained) return wrapper
  return wrapper.replace(/^\/opt(?=\/)/, layersDir ?? '/opt').replace(/^\/var\/task(?=\/)/, codeDir)
}

function interpreterFlags(interpreter: Interpreter, spec: FunctionSpec): string[] {
  if (interpreter.language === 'python') return ['-u', '-s']
  return [`--max-old-space-size=${spec.memorySize}`]
}

function hasBoto3({ pythonPackages }: Machine): boolean {
  return existsSync(join(pythonPackages, 'boto3'))
}

/** Where Lambda's Python runtimes keep boto3. */
function sitePackages({ runtime }: FunctionSpec): string {
  return `/var/lang/lib/${runtime}/site-packages`
}

/** ES modules look for packages in all parent directories, so the SDK stands at the root: a function's own copy comes first. */
function sdkMounts(sdk: { modules: string; packages: string[] }): string[] {
  return [
    ...sdk.packages.flatMap((name) => readOnly(join(sdk.modules, name), join('/node_modules', name))),
    '--symlink', '/node_modules', '/var/runtime/node_modules',
  ]
}

/**
 * The interpreter and its libraries, at their own paths; /usr is there anyway. Never its whole prefix: that may be someone's home.
 */
function interpreterMounts({ path, prefix }: Interpreter): string[] {
  const libraries = prefix === '/' ? [] : [join(prefix, 'lib'), join(prefix, 'lib64')]
  return [path, ...libraries].filter((at) => !at.startsWith('/usr/') && existsSync(at)).flatMap((at) => readOnly(at, at))
}

function readOnly(path: string, inside: string): string[] {
  return [...parents(inside), '--ro-bind', path, inside]
}

/**
 * ES modules do not look into NODE_PATH, but Lambda's do, so layers' packages stand where they look between the function's own
 * packages and the SDK's: /var/node_modules. Where a layer has packages for one release only beside its others, each is linked by itself.
 */
function layerLinks(spec: FunctionSpec, layersDir: string): string[] {
  const [first, second] = layerModules(spec, '').filter((directory) => existsSync(join(layersDir, directory)))
  if (first === undefined || !spec.runtime.startsWith('nodejs')) return []
  if (second === undefined) return ['--symlink', `/opt${first}`, '/var/node_modules']
  const links = new Map<string, string>()
  for (const directory of [second, first]) for (const name of packagesIn(join(layersDir, directory))) links.set(name, `/opt${directory}/${name}`)
  return [...links].flatMap(([name, target]) => [...parents(`/var/node_modules/${name}`), '--symlink', target, `/var/node_modules/${name}`])
}

/** Names of the packages in a `node_modules` directory, those of scopes too. */
function packagesIn(modules: string): string[] {
  return readdirSync(modules).flatMap((name) => (name.startsWith('@') ? readdirSync(join(modules, name)).map((inner) => `${name}/${inner}`) : [name]))
}

/** Directories in which a hook must find ES modules' packages, since no parent directory of the code holds them. */
function hookedModules(machine: Machine, spec: FunctionSpec): string[] {
  const layers = spec.layersDir ? layerModules(spec, spec.layersDir).filter((directory) => existsSync(directory)) : []
  return [...layers, ...(machine.sdk && !sdkAbove(spec.codeDir) ? [machine.sdkLinks] : [])]
}

function sdkAbove(directory: string): boolean {
  for (let at = directory; ; at = dirname(at)) {
    if (existsSync(join(at, 'node_modules/@aws-sdk'))) return true
    if (at === dirname(at)) return false
  }
}

/** The endpoint's port inside: the same as outside, so that URLs made outside work inside, unless a handler may not open it. */
function endpointPort(endpoint: string): number {
  const port = Number(new URL(endpoint).port || 80)
  return port < 1024 ? 4566 : port
}
