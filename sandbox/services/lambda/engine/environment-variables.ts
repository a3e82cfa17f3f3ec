import { dirname } from 'node:path'
import type { Interpreter, Language } from './interpreters'
import type { FunctionSpec, RoleCredentials } from './types'

/** Where things are, as the handler sees it. */
export interface Places {
  taskRoot: string
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
    PATH: `${dirname(interpreter.path)}:/usr/local/bin:/usr/bin:/bin:/opt/bin`,
    ...ofLanguage(interpreter.language, spec, places),
    AWS_ENDPOINT_URL: places.endpoint,
    ...(places.home ? { HOME: places.home } : {}),
    ...spec.environment,
    TMPDIR: places.tmpDir,
    _HANDLER: spec.handler,
    AWS_EXECUTION_ENV: `AWS_Lambda_${spec.runtime}`,
    AWS_REGION: spec.region,
    AWS_DEFAULT_REGION: spec.region,
    AWS_LAMBDA_FUNCTION_NAME: spec.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: spec.version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(spec.memorySize),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
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

/** Variables a function may replace by its own. */
function ofLanguage(language: Language, spec: FunctionSpec, places: Places): Record<string, string> {
  if (language === 'python') return { PYTHONPATH: '/opt/python', PYTHONDONTWRITEBYTECODE: '1' }
  const major = spec.runtime.slice('nodejs'.length, -'.x'.length)
  return { NODE_PATH: ['/opt/nodejs/node' + major + '/node_modules', '/opt/nodejs/node_modules', places.sdkDir, places.runtimeDir, places.taskRoot].join(':') }
}
