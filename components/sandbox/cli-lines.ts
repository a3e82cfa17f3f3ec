import type { AccountKeys } from '@/lib/cloud'

/** Where the lines are pasted. */
export type Shell = 'bash' | 'powershell' | 'profile'

/** The shells offered, the default first. */
export const shells: readonly Shell[] = ['bash', 'powershell', 'profile']

/** The lines that lead an own AWS CLI to the learner's account: endpoint, keys, region. */
export function cliLines({ endpoint, region, keys }: { endpoint: string; region: string; keys: Pick<AccountKeys, 'accessKeyId' | 'secretAccessKey'> }, shell: Shell): string {
  const { accessKeyId, secretAccessKey } = keys
  switch (shell) {
    case 'bash':
      return [
        `export AWS_ENDPOINT_URL=${endpoint}`,
        `export AWS_ACCESS_KEY_ID=${accessKeyId} AWS_SECRET_ACCESS_KEY='${secretAccessKey}'`,
        `export AWS_DEFAULT_REGION=${region}`,
      ].join('\n')
    case 'powershell':
      return [
        `$env:AWS_ENDPOINT_URL = '${endpoint}'`,
        `$env:AWS_ACCESS_KEY_ID = '${accessKeyId}'; $env:AWS_SECRET_ACCESS_KEY = '${secretAccessKey}'`,
        `$env:AWS_DEFAULT_REGION = '${region}'`,
      ].join('\n')
    case 'profile':
      return ['[profile worklab]', `endpoint_url = ${endpoint}`, `aws_access_key_id = ${accessKeyId}`, `aws_secret_access_key = ${secretAccessKey}`, `region = ${region}`].join('\n')
  }
}
