import { quote } from './quote'

/** Where and as whom an own shell's `aws` works. */
export interface ShellTarget {
  endpoint: string
  region: string
  accessKeyId: string
  secretAccessKey: string
}

/**
 * The lines that point a shell's AWS CLI and SDKs at an account; they last as long as the shell.
 * AWS_DEFAULT_REGION, since AWS CLI 1 knows no AWS_REGION.
 */
export function shellSetup({ endpoint, region, accessKeyId, secretAccessKey }: ShellTarget, shell: 'posix' | 'powershell' = 'posix'): string {
  if (shell === 'powershell') {
    const set = (name: string, value: string) => `$env:${name} = '${value.replaceAll("'", "''")}'`
    return [
      `${set('AWS_ENDPOINT_URL', endpoint)}; ${set('AWS_DEFAULT_REGION', region)}`,
      set('AWS_ACCESS_KEY_ID', accessKeyId),
      set('AWS_SECRET_ACCESS_KEY', secretAccessKey),
    ].join('\n')
  }
  return [
    `export AWS_ENDPOINT_URL=${quote(endpoint)} AWS_DEFAULT_REGION=${quote(region)}`,
    `export AWS_ACCESS_KEY_ID=${quote(accessKeyId)}`,
    `export AWS_SECRET_ACCESS_KEY=${quote(secretAccessKey)}`,
  ].join('\n')
}
