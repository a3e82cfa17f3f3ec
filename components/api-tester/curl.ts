import { quote } from '@/lib/aws-cli/quote'
import { apiUrl } from '@/lib/cloud/api-address'
import { hasBody, headersOf, type ApiRequest } from './request'

/** A request as a curl line for a POSIX shell. Keys of an IAM signature stay in the shell's environment. */
export function curlLine(request: ApiRequest, endpoint: string, region: string): string {
  const { apiId, stage, method, path, body, auth } = request
  const words = [
    `curl -i${method === 'HEAD' ? ' --head' : method === 'GET' ? '' : ` -X ${method}`} ${quote(apiUrl(endpoint, apiId, stage, path))}`,
    ...(auth.kind === 'iam' ? [`--aws-sigv4 ${quote(`aws:amz:${region}:execute-api`)}`, '--user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"'] : []),
    ...headersOf(request).map(({ name, value }) => `-H ${quote(value === '' ? `${name};` : `${name}: ${value}`)}`),
    ...(hasBody(request) ? [`--data-raw ${quote(body)}`] : []),
  ]
  return words.join(' \\\n  ')
}
