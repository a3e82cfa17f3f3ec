import type { ServiceName } from '@/lib/cloud/clients'

/** Names that the AWS CLI changed because they clash with an option of its own. */
const RENAMED: Record<string, string> = { 'apigateway create-rest-api version': 'api-version' }

/** `FunctionName` to `function-name`, `SourceARNs` to `source-arns`: the rule by which the AWS CLI makes its names. */
export function kebab(name: string): string {
  return name
    .replace(/[A-Z]{2,}s$/, (plural) => `-${plural.toLowerCase()}`)
    .replace(/(.)([A-Z][a-z]+)/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
}

/** The option of the AWS CLI for a member of an operation's input, without its dashes. */
export function optionName(service: string, subcommand: string, member: string): string {
  const name = kebab(member)
  return RENAMED[`${service} ${subcommand} ${name}`] ?? name
}

/** The AWS CLI's name of a service's operations: `s3` is its name for commands of its own over S3. */
export function cliService(service: ServiceName): string {
  return service === 's3' ? 's3api' : service
}
