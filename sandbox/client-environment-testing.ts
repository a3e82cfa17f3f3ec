import type { ClientConfig } from './testing'

/** What a real client's program is started with: a client's keys, and nothing of this machine's own settings. */
export function clientEnvironment({ endpoint, region, credentials }: Pick<ClientConfig, 'endpoint' | 'region' | 'credentials'>): NodeJS.ProcessEnv {
  const env = {
    PATH: process.env.PATH,
    // The shims of pyenv find their versions there, whatever HOME is.
    PYENV_ROOT: process.env.PYENV_ROOT,
    HOME: '/nonexistent',
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(credentials.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: credentials.sessionToken }),
    AWS_DEFAULT_REGION: region,
    AWS_ENDPOINT_URL: endpoint,
    AWS_PAGER: '',
  }
  // Next's types want NODE_ENV in every environment.
  return env as unknown as NodeJS.ProcessEnv
}
