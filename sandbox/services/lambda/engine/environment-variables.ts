import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Interpreter, Language } from './interpreters'
import type { FunctionSpec, RoleCredentials } from './types'

/** Where things are, as the handler sees it. */
export interface Places {
  taskRoot: string
  /** Where the layers are: /opt. */
  optDir: string
  runtimeDir: string
  sdkDir: string
  tmpDir: string
  /** Set when not contained: the SDK must not find the configuration of the host's user. */
  home?: string
  /** `host:port` of the Runtime API. */
  runtimeApi: string
  /** Address of the AWS endpoint. */
  endpoint: string
}

/**
 * The environment variables of a handler: the function's own, Lambda's on top, and nothing of the host's.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function environmentVariables(spec: FunctionSpec, interpreter: Interpreter, credentials: RoleCredentials, logStream: string, places: Places): Record<string, string> {
  return {
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    PATH: `${interpreter.language === 'provided' ? '' : `${dirname(interpreter.path)}:`}/usr/local/bin:/usr/bin:/bin:${places.optDir}/bin`,
    ...(bringsLibraries(spec) ? { LD_LIBRARY_PATH: `${places.taskRoot}:${places.taskRoot}/lib:${places.optDir}/lib` } : {}),
    ...ofLanguage(interpreter.language, spec, places),
    AWS_ENDPOINT_URL: places.endpoint,
    ...(places.home ? { HOME: places.home } : {}),
    ...spec.environment,
    TMPDIR: places.tmpDir,
    _HANDLER: spec.handler,
    ...(interpreter.language === 'provided' ? {} : { AWS_EXECUTION_ENV: `AWS_Lambda_${spec.runtime}` }),
    ...(spec.logging?.format === 'JSON' ? { AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: spec.logging.applicationLevel ?? 'INFO' } : {}),
    AWS_REGION: spec.region,
    AWS_DEFAULT_REGION: spec.region,
    AWS_LAMBDA_FUNCTION_NAME: spec.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: spec.version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(spec.memorySize),
    AWS_LAMBDA_INITIALIZATION_TYPE: initializationType(spec),
    AWS_LAMBDA_LOG_GROUP_NAME: spec.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    AWS_LAMBDA_RUNTIME_API: places.runtimeApi,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1:2000',
    LAMBDA_TASK_ROOT: places.taskRoot,
    LAMBDA_RUNTIME_DIR: places.runtimeDir,
  }
}

/** How Lambda calls the way in which an environment came to be. */
export function initializationType({ provisioned }: FunctionSpec): 'on-demand' | 'provisioned-concurrency' {
  return provisioned ? 'provisioned-concurrency' : 'on-demand'
}

/** Variables a function may replace by its own. */
function ofLanguage(language: Language, spec: FunctionSpec, places: Places): Record<string, string> {
  if (language === 'provided') return {}
  if (language === 'python') return { PYTHONPATH: places.runtimeDir, PYTHONDONTWRITEBYTECODE: '1' }
  return { NODE_PATH: [...layerModules(spec, places.optDir), places.sdkDir, places.runtimeDir, places.taskRoot].join(':') }
}

/** Setting the variable takes one program more at each start, so it is set only where there is something to find. */
function bringsLibraries({ codeDir, layersDir }: FunctionSpec): boolean {
  return existsSync(join(codeDir, 'lib')) || (layersDir !== undefined && existsSync(join(layersDir, 'lib')))
}

/**
 * Where a runtime looks for the packages of layers that lie in `optDir`.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html#packaging-layers-paths
 */
export function layerModules(spec: FunctionSpec, optDir: string): string[] {
  const [, language, release] = /^(nodejs|python)(\d+(?:\.\d+)?)/.exec(spec.runtime) ?? []
  if (language === 'nodejs') return [`${optDir}/nodejs/node${release}/node_modules`, `${optDir}/nodejs/node_modules`]
  return language === 'python' ? [`${optDir}/python/lib/python${release}/site-packages`, `${optDir}/python`] : []
}
