import path from 'node:path'
import { z } from 'zod'

/*
 * Everything that the environment decides, with its defaults. `npm start` reads it too and hands it on to the parts
 * that it starts, with what it made itself: the database's address, the secrets, the sandbox's token.
 */

const port = (fallback: number) => z.coerce.number('must be a port number').int('must be a port number').min(1, 'must be a port from 1 to 65535').max(65535, 'must be a port from 1 to 65535').default(fallback)
const url = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).transform((value) => value.replace(/\/+$/, ''))

const environment = z.object({
  PORT: port(3000),
  HOST: z.string().default('127.0.0.1'),
  WORKLAB_DATA: z.string().default('.data').transform((folder) => path.resolve(/* turbopackIgnore: true */ folder)),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\/.+/, 'must be a PostgreSQL URL such as postgresql://user:password@host:5432/worklab').optional(),
  SANDBOX_PORT: port(4566),
  WORKLAB_BACKEND: z.enum(['embedded', 'endpoint', 'aws'], 'must be embedded, endpoint or aws').default('embedded'),
  AWS_ENDPOINT_URL: url.optional(),
  NEXTAUTH_SECRET: z.string().min(32, 'must have 32 characters or more').optional(),
  NEXTAUTH_URL: url.optional(),
  SANDBOX_ADMIN_TOKEN: z.string().optional(),
})

/** The settings of this process. */
export interface Settings {
  /** Where the web application listens. */
  port: number
  host: string
  /** Nobody but this machine can reach the web application. */
  loopbackOnly: boolean
  /** Absolute path of the folder that holds all state. */
  dataFolder: string
  databaseUrl?: string
  sandboxPort: number
  /** Where the embedded sandbox answers. */
  sandboxUrl: string
  backend: 'embedded' | 'endpoint' | 'aws'
  /** Of the backend `endpoint`. */
  awsEndpointUrl?: string
  nextauthSecret?: string
  /** How browsers reach Worklab. */
  publicUrl: string
  sandboxAdminToken?: string
}

/** A variable of the environment has a value that cannot be used; the message is one sentence that names it. */
export class SettingsError extends Error {
  name = 'SettingsError'
}

/**
 * Reads and validates the settings.
 *
 * @param env the environment; an empty variable counts as not set
 * @throws SettingsError for the first bad value
 */
export function readSettings(env: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const { data, error } = environment.safeParse(given)
  if (error) {
    const [issue] = error.issues
    const name = String(issue?.path[0])
    // A secret or a database's password has no place in a message.
    const shown = /SECRET|TOKEN|DATABASE/.test(name) ? '' : ` (it is "${given[name]}")`
    throw new SettingsError(`The setting ${name} ${issue?.message}${shown}.`)
  }
  if (data.WORKLAB_BACKEND === 'endpoint' && !data.AWS_ENDPOINT_URL) {
    throw new SettingsError('The setting AWS_ENDPOINT_URL is missing: WORKLAB_BACKEND=endpoint needs the address of the endpoint.')
  }
  const shownHost = data.HOST.includes(':') ? `[${data.HOST}]` : data.HOST
  return {
    port: data.PORT,
    host: data.HOST,
    loopbackOnly: isLoopback(data.HOST),
    dataFolder: data.WORKLAB_DATA,
    databaseUrl: data.DATABASE_URL,
    sandboxPort: data.SANDBOX_PORT,
    sandboxUrl: `http://127.0.0.1:${data.SANDBOX_PORT}`,
    backend: data.WORKLAB_BACKEND,
    awsEndpointUrl: data.AWS_ENDPOINT_URL,
    nextauthSecret: data.NEXTAUTH_SECRET,
    publicUrl: data.NEXTAUTH_URL ?? `http://${shownHost}:${data.PORT}`,
    sandboxAdminToken: data.SANDBOX_ADMIN_TOKEN,
  }
}

/** Whether a host name or address, without a port, can only mean this machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || /^127(\.\d{1,3}){3}$/.test(host) || host === '::1' || host === '[::1]' || host === '::ffff:127.0.0.1'
}

export const settings = readSettings(process.env)
